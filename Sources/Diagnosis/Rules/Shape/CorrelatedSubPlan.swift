import Catalog
import PlanModel
import SQLNames
import Statements

/// A sub-plan that is run for each row of another node, and how it could be written as a join.
struct CorrelatedSubPlan {
  let root: Int
  /// The node whose rows run it.
  let user: Int

  init(root: Int, in query: DiagnosticCase) {
    self.root = root
    self.user = query.plan.nodes[root].parent ?? root
    guard case .subPlan(let heading) = query.plan.nodes[root].relationship else {
      self.heading = "The sub-plan"
      return
    }
    self.heading = heading.split(separator: " ").prefix(2).joined(separator: " ")
  }

  /// `SubPlan 1`
  let heading: String

  /// Milliseconds of one run.
  func timePerRun(in query: DiagnosticCase) -> Double {
    query.plan.nodes[root].actual.figures?.totalTime ?? 0
  }

  func tables(in query: DiagnosticCase) -> [String] { query.tables(below: root) }

  /// By the planner's cost model: whether all runs cost less than reading each table once would.
  func isCheaperThanReading(in query: DiagnosticCase) -> Bool {
    let reading = query.plan.subtree(of: root).compactMap { node in
      query.accessCost(of: query.relation(of: node))?.sequentialScan()
    }
    guard !reading.isEmpty, let once = query.plan.nodes[root].estimate?.totalCost else { return false }
    return once * query.loops(of: root) <= reading.reduce(0, +)
  }

  /// The index whose lack makes each run read a table in full, as UnindexedInner names it.
  func missingIndex(in query: DiagnosticCase) -> ProblemKey? {
    let scans = query.plan.subtree(of: root).filter(query.isFullRead)
    return scans.lazy.compactMap { JoinInput(scan: $0, in: query) }.first { input in
      if case .propose = input.verdict { input.impact.share >= UnindexedInner.leastShare } else { false }
    }.map { ProblemKey(UnindexedInner.name, $0.proposalKey) }
  }

  // MARK: The form as a join

  /// Advice in words, and what to know before following it.
  struct Advice {
    var sentence: String
    var caveats: [String]
  }

  /// The equalities that tie a run to its outer row: the column inside, and what it is compared with.
  func keys(in query: DiagnosticCase) -> [(inner: String, outer: String)] {
    let labels = query.labels(below: root)
    let conditions: [PropertyKey] = [.indexCond, .recheckCond, .filter, .storageFilters]
    let predicates = query.plan.subtree(of: root).filter { !query.plan.nodes[$0].type.isBitmapBuilder }
      .flatMap { node in conditions.flatMap { query.conditions.predicates($0, of: node) } }
    return predicates.uniqued().compactMap { predicate in
      guard predicate.comparison == .equal, let column = predicate.column,
        case .column(let other) = predicate.operand
      else { return nil }
      let isInner = column.alias.map(labels.contains) ?? true
      let otherIsInner = other.alias.map(labels.contains) ?? true
      guard isInner != otherIsInner else { return nil }
      return isInner ? (column.text, other.text) : (other.text, column.text)
    }
  }

  func advice(in query: DiagnosticCase) -> Advice {
    let node = query.plan.nodes[root]
    let keys = keys(in: query)
    let tables = Words.list(tables(in: query))
    guard !keys.isEmpty, !tables.isEmpty else {
      return Advice(
        sentence: "Compute what \(heading) returns once for all rows, in a sub-query that is joined.",
        caveats: ["It has no plain equality with the query around it: see that no row is lost or repeated."])
    }
    let columns = keys.map(\.inner).joined(separator: ", ")
    let condition = keys.map { "\($0.inner) = \($0.outer)" }.joined(separator: " AND ")
    if isExistence(in: query) { return existence(tables, condition) }
    if node.type.name == "Aggregate", node[.groupKey] == nil {
      return aggregate(node[.output] ?? "the aggregate", tables, columns, condition)
    }
    if node.type.name == "Limit" { return latest(tables, columns, condition) }
    return lookup(tables, columns, condition)
  }

  private func aggregate(
    _ output: String, _ tables: String, _ columns: String, _ condition: String
  ) -> Advice {
    Advice(
      sentence: """
        Compute \(output) once for each value of \(columns): a sub-query that groups \(tables) by \(columns), \
        joined with LEFT JOIN … ON \(condition).
        """,
      caveats: [
        "A row without partner gets NULL from the join: a count becomes coalesce(…, 0), other aggregates stay NULL.",
        "Where few rows of the query are wanted, repeat its filter inside the sub-query: otherwise it groups everything.",
      ])
  }

  private func existence(_ tables: String, _ condition: String) -> Advice {
    Advice(
      sentence: """
        Let EXISTS on \(tables) stand alone in WHERE (an OR, CASE or select list around it keeps it from becoming a \
        semi-join), or join on \(condition) where those columns are unique.
        """,
      caveats: ["A join repeats rows where the joined columns are not unique."])
  }

  private func latest(_ tables: String, _ columns: String, _ condition: String) -> Advice {
    Advice(
      sentence: """
        Take the wanted row of every \(columns) of \(tables) at once, with DISTINCT ON (\(columns)) and the same ORDER BY, \
        and join it with LEFT JOIN … ON \(condition).
        """,
      caveats: ["It fits a LIMIT of one row; the order must be total, or another row may be taken."])
  }

  private func lookup(_ tables: String, _ columns: String, _ condition: String) -> Advice {
    Advice(
      sentence: "Join \(tables) with LEFT JOIN … ON \(condition) instead of looking it up for each row.",
      caveats: [
        "Equal only where \(columns) has one row for each value: the sub-select would fail on a second, the join repeats rows."
      ])
  }

  /// The statement asks only whether there is a row.
  private func isExistence(in query: DiagnosticCase) -> Bool {
    let labels = query.labels(below: root)
    let links = query.statement?.subLinks.filter { link in
      guard let statement = query.statement else { return false }
      let tables = statement.tables.filter { $0.block == link.block }.map(\.label)
      return !tables.isEmpty && labels.isSuperset(of: tables)
    }
    return links?.contains { $0.kind == .exists } ?? false
  }
}

extension ColumnReference {
  /// As it can be written: `o.customer_id`.
  var text: String {
    [alias ?? qualifier, name].compactMap { $0 }.map { SQLIdentifier($0).quoted }.joined(separator: ".")
  }
}
