import Catalog
import PlanModel
import Statements

/// Finds CTEs that were computed in full though most of their rows are thrown away where they are read.
///
/// ## Why it matters
/// A materialised CTE is a fence: a condition of the query that reads it cannot go in, so that no index serves
/// it, and all rows are computed, stored and read again.
///
/// ## Formula
/// share discarded = 1 − Σ rows that its CTE Scans keep / rows of the CTE. Impact is that share of the wall
/// time of the CTE.
///
/// ## Thresholds
/// - more than 50% discarded (plan-math.md: filter waste over 50% is high), by every scan of it
/// - impact at least 5%: from there on a finding is MODERATE (report.md, "Severity")
///
/// ## Silent when
/// Half of the rows and more are wanted; the CTE is recursive, changes data or calls a volatile function; or
/// the condition could not go in anyway: below a LIMIT, a window function or DISTINCT ON, or on an aggregate's
/// result.
///
/// ## Remedies
/// NOT MATERIALIZED, or the condition written inside the CTE, in words: not tried, as the statement has to
/// change.
///
/// ## Known limits
/// Conditions that reach the CTE through a join are not counted.
public struct CTEFence: Rule {
  /// The name of this rule and of its page.
  public static let name: RuleName = "CTEFence"
  /// Share of the rows that must be discarded.
  static let leastDiscarded = 0.5
  /// Share of the execution that must be at stake.
  static let leastShare = 0.05

  /// The rule has no settings.
  public init() {}

  /// Looks at every CTE that ran.
  public func examine(_ query: DiagnosticCase) -> RuleOutcome {
    guard query.plan.isAnalyzed else { return .notExamined(.notAnalyzed) }
    return .examined(
      query.plan.nodes.indices.compactMap { FencedCTE(root: $0, in: query) }.compactMap {
        finding($0, in: query)
      })
  }

  private func finding(_ cte: FencedCTE, in query: DiagnosticCase) -> Finding? {
    guard cte.discarded > Self.leastDiscarded else { return nil }
    let whole = query.impact(ofWallTimeOf: [cte.root])
    let impact = Impact(
      milliseconds: whole.milliseconds.map { $0 * cte.discarded }, share: whole.share * cte.discarded)
    guard impact.share >= Self.leastShare else { return nil }
    return Finding(
      rule: Self.name,
      title: "CTE \(cte.name) is computed in full, and \(Words.percent(cte.discarded)) of it is thrown away",
      blamedNodes: [cte.root], impact: impact,
      observations: reading(cte, in: query) + cte.scans.map { observation($0, in: query) },
      measurements: [
        Measurement("rows computed", cte.rows, source: "actual rows of the CTE"),
        Measurement("rows kept", cte.kept, source: "actual rows of its CTE Scans"),
      ],
      cause: cause(cte), remedies: [remedy(cte, impact: impact, in: query)],
      key: ProblemKey(Self.name, "\(cte.root)"))
  }

  // MARK: Words

  private func reading(_ cte: FencedCTE, in query: DiagnosticCase) -> [String] {
    let tables = query.tables(below: cte.root)
    guard !tables.isEmpty else { return [] }
    return [
      "\(cte.name) made \(Words.counted(cte.rows, "row")) of \(Words.list(tables)) in \(Words.milliseconds(query.wall(of: cte.root)))."
    ]
  }

  private func observation(_ scan: Int, in query: DiagnosticCase) -> String {
    """
    \(query.label(of: scan)) kept \(Words.counted(query.totalRows(of: scan), "row")) and threw away \
    \(Words.count(query.totalRowsRemoved(by: scan))).
    """
  }

  private func cause(_ cte: FencedCTE) -> Cause {
    let fence =
      switch cte.fence {
      case .written: "MATERIALIZED keeps the condition outside the CTE."
      case .readTwice:
        "A CTE that is read \(cte.scans.count) times is materialised, which keeps the conditions outside."
      case .unknown:
        "A CTE that is read once is kept apart by MATERIALIZED, or by a release before 12; the statement was not seen."
      }
    return Cause(
      [fence], basis: cte.fence == .unknown ? .inferredFromPlan : .supportedByCatalog,
      falsifier: "with NOT MATERIALIZED the same rows are read")
  }

  private func remedy(_ cte: FencedCTE, impact: Impact, in query: DiagnosticCase) -> Remedy {
    let inside = cte.scans.count > 1 ? "what its readers have in common" : "the condition"
    let again =
      cte.scans.count > 1 ? ["It is then computed once for each of its \(cte.scans.count) readers."] : []
    let volatile =
      query.statement == nil ? ["Not where it calls a volatile function: then the result may change."] : []
    return Remedy(
      .changeStatement("Write NOT MATERIALIZED for the CTE \(cte.name), or repeat \(inside) inside it."),
      rationale: "The condition then reaches the tables of the CTE, where an index may serve it.",
      caveats: again + volatile,
      expectation: impact.expectation(
        from: "the share of the CTE's time that went into rows which were thrown away; not tried"))
  }
}

/// A materialised CTE whose readers filter it.
struct FencedCTE {
  /// What makes it a fence.
  enum Fence { case written, readTwice, unknown }

  let root: Int
  let name: String
  let scans: [Int]
  let rows: Double
  /// Rows that all scans keep together.
  let kept: Double
  let fence: Fence

  /// `nil` for other nodes, and where a condition could not be moved into the CTE.
  init?(root: Int, in query: DiagnosticCase) {
    guard case .cte(let name) = query.plan.nodes[root].relationship, query.rows(of: root) > 0 else {
      return nil
    }
    self.root = root
    self.name = name
    self.scans = query.cteReaders.scans(of: root)
    self.rows = query.totalRows(of: root)
    self.kept = scans.map(query.totalRows).reduce(0, +)
    self.fence = Self.fence(of: name, readers: scans.count, in: query)
    let filtersAll = scans.allSatisfy { scan in
      let removed = query.totalRowsRemoved(by: scan)
      return removed > CTEFence.leastDiscarded * (removed + query.totalRows(of: scan))
    }
    guard !scans.isEmpty, filtersAll, !Self.isVolatile(name, in: query),
      scans.allSatisfy({ takesCondition(of: $0, in: query) })
    else { return nil }
  }

  /// Share of the rows that no reader wants; 0 where they want as many rows as there are.
  var discarded: Double { max(0, 1 - kept / rows) }

  private static func fence(of name: String, readers: Int, in query: DiagnosticCase) -> Fence {
    let written = query.statement?.blocks.contains { block in
      if case .cte(name, .materialized, _) = block.kind { true } else { false }
    }
    if written == true { return .written }
    return readers > 1 ? .readTwice : .unknown
  }

  /// What stops a condition on its way to the tables.
  private static let stops: Set<String> = [
    "Limit", "WindowAgg", "ModifyTable", "Recursive Union", "Unique", "SetOp", "ProjectSet", "LockRows",
  ]

  /// Whether the condition of a reader may be tested inside: nothing stops it, and it tests no aggregate.
  private func takesCondition(of scan: Int, in query: DiagnosticCase) -> Bool {
    if query.plan.subtree(of: root).contains(where: { query.plan.nodes[$0].type.name == "ModifyTable" }) {
      return false
    }
    var node = root
    while true {
      let type = query.plan.nodes[node].type
      if Self.stops.contains(type.name) { return false }
      if type.name == "Aggregate", !groupsBy(columns(of: scan, in: query), at: node, in: query) {
        return false
      }
      guard let input = query.inputs(of: node).first, query.inputs(of: node).count == 1 else { return true }
      node = input
    }
  }

  private func columns(of scan: Int, in query: DiagnosticCase) -> Set<String> {
    Set(query.conditions.predicates(.filter, of: scan).flatMap(\.allColumns).map(\.name))
  }

  private func groupsBy(_ columns: Set<String>, at aggregate: Int, in query: DiagnosticCase) -> Bool {
    guard let key = query.plan.nodes[aggregate][.groupKey], !columns.isEmpty else { return false }
    let grouped = Set((PlanLists.columns(in: [key]).first ?? []).map(\.name))
    return columns.isSubset(of: grouped)
  }

  /// A function whose calls must not be multiplied or left out.
  private static func isVolatile(_ name: String, in query: DiagnosticCase) -> Bool {
    guard let statement = query.statement else { return false }
    let roots = statement.blocks.filter { if case .cte(name, _, _) = $0.kind { true } else { false } }.map(
      \.id)
    let inside = statement.blocks.filter { block in
      sequence(first: block.id) { statement.blocks[$0].parent }.contains(where: roots.contains)
    }
    let functions =
      inside.flatMap { $0.output.flatMap(\.expression.functions) }
      + statement.predicates.filter { predicate in inside.contains { $0.id == predicate.block } }.flatMap(
        \.functions)
    let volatile = Set(query.evidence.functions.filter { $0.volatility == .volatile }.map(\.name.name))
    return functions.contains { FunctionPolicy.harmlessVolatile.contains($0) || volatile.contains($0) }
  }
}
