import Catalog
import PlanModel
import SQLNames
import Statements

/// Finds wide rows that are stored, sorted or hashed on their way through the plan.
///
/// ## Why it matters
/// A sort, a hash or a stored sub-query keeps every column of its rows. What nobody asks for later takes memory,
/// temporary files and, on Aurora DSQL, a lookup for each row all the same.
///
/// ## Formula
/// Nodes that keep rows (Sort, Hash, Materialize, a stored CTE) or that look them up in storage, whose rows are wide.
/// Impact is their own time.
///
/// ## Thresholds
/// - rows over 5,000 bytes by the planner's estimate, or at least 50 columns (plan-math.md, "Width")
/// - impact at least 5%: below that the finding would be LOW
///
/// ## Silent when
/// The statement names its columns and all of them are asked for at the end, or rows are only handed on.
///
/// ## Remedies
/// The columns by name instead of `*`; of a sub-query, those that the statement reads of it are listed. Not tried: the
/// statement is its author's to change.
///
/// ## Known limits
/// Widths are the planner's averages; large values that are stored apart count by their pointer only until a node
/// fetches them.
public struct WideProjection: Rule {
  /// The name of this rule and of its page.
  public static let name: RuleName = "WideProjection"
  /// Bytes of a row (plan-math.md).
  static let mostBytes = 5_000.0
  /// Columns of a row (plan-math.md).
  static let leastColumns = 50
  /// Share of the execution that the nodes must take.
  static let leastShare = 0.05

  /// The rule has no settings.
  public init() {}

  /// Looks at every node that keeps rows.
  public func examine(_ query: DiagnosticCase) -> RuleOutcome {
    let wide = query.plan.nodes.indices.filter { keepsWideRows($0, in: query) }
    let impact = query.impact(ofOwnTimeOf: wide)
    guard !wide.isEmpty, impact.share >= Self.leastShare, let advice = advice(wide, impact, in: query) else {
      return .examined([])
    }
    return .examined([finding(wide, impact, advice, in: query)])
  }

  private func finding(_ wide: [Int], _ impact: Impact, _ advice: Remedy, in query: DiagnosticCase) -> Finding
  {
    let widest = wide.max { width(of: $0, in: query) < width(of: $1, in: query) } ?? wide[0]
    let columns = columns(of: widest, in: query)
    let counted = columns > 0 ? "\(columns) columns, " : ""
    return Finding(
      rule: Self.name,
      title:
        "Rows of \(counted)\(Words.bytes(width(of: widest, in: query))) are carried through \(query.label(of: widest))",
      blamedNodes: wide, impact: impact,
      observations: wide.prefix(4).map { node in
        "\(query.label(of: node)) kept \(Words.about(rowsKept(by: node, in: query))) rows of about \(Words.bytes(width(of: node, in: query)))."
      },
      measurements: [
        Measurement("row width", width(of: widest, in: query), unit: "bytes", source: "cost … width"),
        Measurement("columns", Double(columns), source: "Output, Projections"),
      ],
      cause: Cause(
        [
          "Every node that keeps rows keeps all of their columns, whether or not anything above asks for them."
        ],
        basis: .inferredFromPlan, falsifier: "with only the needed columns these nodes take as long"),
      remedies: [advice], key: ProblemKey(Self.name, "\(widest)"))
  }

  // MARK: Nodes

  private func isWide(_ node: Int, in query: DiagnosticCase) -> Bool {
    width(of: node, in: query) > Self.mostBytes || columns(of: node, in: query) >= Self.leastColumns
  }

  /// Of the scan of a stored sub-query, the row that is stored.
  private func width(of node: Int, in query: DiagnosticCase) -> Double {
    let stored = query.cteReaders.root(readBy: node) ?? node
    return Double(query.plan.nodes[stored].estimate?.planWidth ?? 0)
  }

  private func rowsKept(by node: Int, in query: DiagnosticCase) -> Double {
    query.plan.isAnalyzed
      ? query.totalRows(of: query.cteReaders.root(readBy: node) ?? node) : query.planRows(of: node)
  }

  /// Columns that the node hands on, or that storage sends; 0 without VERBOSE.
  private func columns(of node: Int, in query: DiagnosticCase) -> Int {
    let lookups = query.children[node].filter { query.plan.nodes[$0].type.name == "Storage Lookup" }
    let stored = query.cteReaders.root(readBy: node) ?? node
    let lists = [query.plan.nodes[stored][.output]] + lookups.map { query.plan.nodes[$0][.projections] }
    return lists.compactMap { $0.map(Self.items) }.max() ?? 0
  }

  private static func items(_ list: String) -> Int {
    let characters = Array(list)
    let depths = PrintedText.depths(of: characters)
    return characters.indices.count { characters[$0] == "," && depths[$0] == 0 } + 1
  }

  private static let storing: Set<String> = [
    "Sort", "Incremental Sort", "Hash", "Materialize", "Memoize", "WindowAgg", "Gather", "Gather Merge",
  ]

  private func keepsWideRows(_ node: Int, in query: DiagnosticCase) -> Bool {
    // The scan of a stored sub-query stores its rows, and shows only those columns that go on.
    if let root = query.cteReaders.root(readBy: node) { return isWide(root, in: query) }
    let isKept =
      Self.storing.contains(query.plan.nodes[node].type.name)
      || query.children[node].contains { query.plan.nodes[$0].type.name == "Storage Lookup" }
    return isKept && isWide(node, in: query)
  }

  // MARK: Advice

  /// `nil` where the statement names its columns: it asked for them.
  private func advice(_ wide: [Int], _ impact: Impact, in query: DiagnosticCase) -> Remedy? {
    let star = query.statement?.blocks.last { $0.output.contains(where: \.isStar) }
    guard query.statement == nil || star != nil else { return nil }
    let needed = star.flatMap { block in query.statement.map { columnsNeeded(from: block, in: $0) } } ?? ""
    return StatementAdvice.remedy(
      "Name the columns that are needed instead of all of them\(needed)",
      rationale: "Narrower rows take less memory, and an index can hold all of their columns.",
      caveats: needed.isEmpty
        ? ["It needs your yes: which columns the application uses is not known here."] : [], impact: impact,
      replacing: "the own time of the nodes that keep the rows")
  }

  private func columnsNeeded(from block: QueryBlock, in statement: StatementShape) -> String {
    let user = statement.tables.first { table in
      table.kind == .cte(block: block.id) || table.kind == .subquery(block: block.id)
    }
    guard let user, let columns = statement.columnsNeeded(from: user), !columns.isEmpty else { return "" }
    return
      ": of \(SQLIdentifier(user.label).quoted) the statement reads \(Words.list(columns.sorted().map { SQLIdentifier($0).quoted })) only"
  }
}
