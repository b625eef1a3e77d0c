import Catalog
import PlanModel
import SQLNames
import Statements

/// Finds joins that pair every row of one side with every row of the other: of the whole table, or of all that
/// have the same key.
///
/// ## Why it matters
/// A product is rarely meant. Without any condition, one was forgotten most often, and then the result is wrong
/// before it is slow. Two details of one header that are joined side by side, sales and expenses of a shop say,
/// meet each other for every header: sums and counts count each row once for every partner on the other side.
///
/// ## Formula
/// Without a condition: a nested loop without a join filter whose inner side tests nothing of the outer side.
/// By a key: an inner join by equality alone that hands on many times as many rows as either of its sides brought,
/// so that the key is unique on neither, and whose rows are aggregated by columns of one side or of none. Impact
/// is the join's own time, without a condition the inner side's wall time, and the own time of the nodes above
/// that handle all of the product.
///
/// ## Thresholds
/// - without a condition: more than one row on either side: beside one row there is nothing to multiply
/// - by a key: 10 times the rows of the larger side, and at least 10 times the rows that the aggregate leaves
/// - impact at least 5%: from there on a finding is MODERATE (report.md, "Severity")
///
/// ## Silent when
/// One side has a single row; a filter, an index condition, a cache key or a function's argument ties the
/// inner side to the outer row; both sides are fixed to the same constant by which they are joined; or the
/// statement has a condition between them that the planner has used already. By a key: the join compares by more
/// than equality, pairs are wanted (the groups are named by both sides), or LateGroupBy or LateDistinct advise on
/// the same join.
///
/// ## Remedies
/// None that could be pasted. Without a condition the reader is asked for it, and a foreign key between the two
/// sides is named. By a key: each detail aggregated by the key on its own, in words with the query's own names.
///
/// ## Known limits
/// A product that is meant, of a calendar with all products say, is asked about as well.
public struct CartesianJoin: Rule {
  /// The name of this rule and of its page.
  public static let name: RuleName = "CartesianJoin"
  /// Share of the execution that must be at stake.
  static let leastShare = 0.05

  /// The rule has no settings.
  public init() {}

  /// Looks at every nested loop that ran.
  public func examine(_ query: DiagnosticCase) -> RuleOutcome {
    guard query.plan.isAnalyzed else { return .notExamined(.notAnalyzed) }
    let products = query.plan.nodes.indices.compactMap { Product(join: $0, in: query) }
    return .examined(
      products.compactMap { finding($0, in: query) }
        + FanOut.all(in: query).compactMap { $0.finding(in: query) })
  }

  private func finding(_ product: Product, in query: DiagnosticCase) -> Finding? {
    let impact = product.impact(in: query)
    guard impact.share >= Self.leastShare else { return nil }
    let rows = "\(Words.count(product.outerRows)) × \(Words.counted(product.innerRows, "row"))"
    return Finding(
      rule: Self.name,
      title: "\(product.names(in: query)) are joined without a condition: \(rows)",
      blamedNodes: [product.join], impact: impact,
      observations: [
        """
        \(query.label(of: product.join)) paired each of \(Words.counted(product.outerRows, "row")) with all of \
        \(Words.count(product.innerRows)), and handed on \(Words.counted(query.totalRows(of: product.join), "row")).
        """
      ],
      measurements: [
        Measurement("outer rows", product.outerRows, source: "actual rows × loops"),
        Measurement("inner rows for each", product.innerRows, source: "actual rows"),
      ],
      cause: cause(product, in: query), remedies: [remedy(product, impact: impact, in: query)],
      key: ProblemKey(Self.name, "\(product.join)"))
  }

  // MARK: Words

  private func cause(_ product: Product, in query: DiagnosticCase) -> Cause {
    let isSeen = query.statement != nil
    return Cause(
      [
        isSeen
          ? "Neither the plan nor the statement compares a column of one side with one of the other."
          : "The plan compares no column of one side with one of the other; the statement was not seen."
      ], basis: isSeen ? .supportedByCatalog : .inferredFromPlan,
      falsifier: "every pairing of the two sides is wanted")
  }

  private func remedy(_ product: Product, impact: Impact, in query: DiagnosticCase) -> Remedy {
    Remedy(
      .changeStatement(
        "Is a join condition missing between \(product.names(in: query))?\(product.foreignKeyHint(in: query))"
      ),
      rationale:
        "With the condition each row meets only its own partners instead of all \(Words.count(product.innerRows)).",
      caveats: ["The result changes: only you know whether the product is wanted."],
      expectation: impact.expectation(
        from: "the time of the product in the captured plan; not tried: only you know the condition"))
  }
}

/// A nested loop whose two sides nothing ties together.
struct Product {
  let join: Int
  let outer: Int
  let inner: Int
  let outerRows: Double
  /// Rows that each outer row is paired with.
  let innerRows: Double

  /// `nil` for other nodes, and where something ties the sides together.
  init?(join: Int, in query: DiagnosticCase) {
    let node = query.plan.nodes[join]
    let inputs = query.inputs(of: join)
    guard node.type.isNestedLoop, node.type.joinType == nil, inputs.count == 2,
      query.joinConditions(at: join).isEmpty, node[.joinFilter] == nil
    else { return nil }
    self.join = join
    self.outer = inputs[0]
    self.inner = inputs[1]
    self.outerRows = query.totalRows(of: outer)
    self.innerRows = query.rows(of: inner)
    guard outerRows > 1, innerRows > 1, !Self.isTied(outer: outer, inner: inner, in: query),
      !Self.sharesConstant(outer, inner, in: query), !Self.isJoined(outer, inner, in: query)
    else { return nil }
  }

  /// Properties whose expressions may take values from the outer row.
  private static let tying: [PropertyKey] = [
    .filter, .indexCond, .recheckCond, .joinFilter, .hashCond, .mergeCond, .orderBy, .tidCond, "Cache Key",
    "Function Call", "Table Function Call", .storageFilters, .oneTimeFilter, .output,
  ]

  /// The inner side mentions a column of the outer side, or a value handed down from above.
  private static func isTied(outer: Int, inner: Int, in query: DiagnosticCase) -> Bool {
    let texts = query.plan.subtree(of: inner).flatMap { node in
      tying.compactMap { query.plan.nodes[node][$0] }
    }
    let columns = PlanLists.columns(in: texts).joined()
    let outerLabels = query.labels(below: outer)
    let innerLabels = query.labels(below: inner)
    return columns.contains { column in
      guard let label = column.alias ?? column.qualifier else { return false }
      return outerLabels.contains(label) && !innerLabels.contains(label)
    } || texts.contains { $0.contains("$") && !$0.contains("'") }
  }

  /// `a.x = b.x AND a.x = 7` leaves no join condition: the planner fixes both sides to the constant.
  private static func sharesConstant(_ outer: Int, _ inner: Int, in query: DiagnosticCase) -> Bool {
    let first = constants(below: outer, in: query)
    return !first.isDisjoint(with: constants(below: inner, in: query))
  }

  private static func constants(below node: Int, in query: DiagnosticCase) -> Set<Operand> {
    let keys: [PropertyKey] = [.filter, .indexCond, .recheckCond, .storageFilters]
    let predicates = query.plan.subtree(of: node).flatMap { node in
      keys.flatMap { query.conditions.predicates($0, of: node) }
    }
    return Set(predicates.filter { $0.comparison == .equal && $0.operand.isFixed }.map(\.operand))
  }

  /// The statement compares columns of the two sides, in a way that left no trace in this plan.
  private static func isJoined(_ outer: Int, _ inner: Int, in query: DiagnosticCase) -> Bool {
    guard let statement = query.statement else { return false }
    let (first, second) = (query.labels(below: outer), query.labels(below: inner))
    return statement.joins.contains { join in
      guard let left = join.left.column.alias, let right = join.right.column.alias else { return true }
      return first.contains(left) && second.contains(right) || first.contains(right) && second.contains(left)
    }
  }

  /// The product, the reading of its inner side, and what handles all of its rows further up.
  func impact(in query: DiagnosticCase) -> Impact {
    let rows = query.totalRows(of: join)
    var nodes = Array(query.plan.subtree(of: inner)) + [join]
    for ancestor in query.plan.ancestors(of: join) {
      guard query.plan.nodes[nodes[nodes.count - 1]].relationship.isMember else { break }
      nodes.append(ancestor)
      if query.totalRows(of: ancestor) < rows { break }
    }
    return query.impact(ofOwnTimeOf: nodes)
  }

  func names(in query: DiagnosticCase) -> String {
    [outer, inner].map { side in
      let relations = query.plan.subtree(of: side).compactMap {
        query.plan.nodes[$0].relation?.qualifiedLabel
      }
      return relations.isEmpty ? query.label(of: side) : Words.list(relations.uniqued())
    }.joined(separator: " and ")
  }

  /// A foreign key that leads from one side to the other.
  func foreignKeyHint(in query: DiagnosticCase) -> String {
    let sides = [outer, inner].map { side in
      Set(query.plan.subtree(of: side).compactMap { query.relation(of: $0)?.name })
    }
    let keys = query.evidence.relations.flatMap { $0.foreignKeys ?? [] }
    let found = keys.first { key in
      sides[0].contains(key.table) && sides[1].contains(key.referencedTable)
        || sides[1].contains(key.table) && sides[0].contains(key.referencedTable)
    }
    guard let found else { return "" }
    return """
       The foreign key \(SQLIdentifier(found.name).quoted) leads from \
      \(found.table.quoted) (\(Words.columns(found.columns))) to \
      \(found.referencedTable.quoted) (\(Words.columns(found.referencedColumns))).
      """
  }
}
