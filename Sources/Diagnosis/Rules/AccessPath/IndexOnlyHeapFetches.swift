import Catalog
import PlanModel

/// Finds index-only scans that visit the table for many of their rows.
///
/// ## Why it matters
/// An index does not know which rows a transaction may see. A bit for each block of the table, the visibility map,
/// says that all may; where it is not set, the scan reads the block after all, one by one.
///
/// ## Formula
/// Heap Fetches / (rows returned and removed, over all loops). Impact is the scan's own time.
///
/// ## Thresholds
/// - more than 10% of the rows fetched (rules.md)
/// - impact at least 5%: below that the finding would be LOW
/// - at least 1,000 rows fetched: fewer are a few pages
///
/// ## Silent when
/// Few rows are fetched, or the scan returned few.
///
/// ## Remedies
/// VACUUM, which sets the bits. It writes and is not tried.
///
/// ## Known limits
/// Why autovacuum did not come is not known: it looks at dead rows, and only from PostgreSQL 13 on at inserted ones.
/// A table that changes all the time needs it more often, which is a storage parameter for its owner to choose.
public struct IndexOnlyHeapFetches: Rule {
  /// The name of this rule and of its page.
  public static let name: RuleName = "IndexOnlyHeapFetches"
  /// Share of the rows for which the table was visited (rules.md).
  static let mostFetchedShare = 0.1
  /// Rows that must have been fetched.
  static let leastFetches = 1_000.0
  /// Share of the execution that the scans must take.
  static let leastShare = 0.05

  /// The rule has no settings.
  public init() {}

  /// Looks at every index-only scan that ran, those of one table together.
  public func examine(_ query: DiagnosticCase) -> RuleOutcome {
    guard query.plan.isAnalyzed else { return .notExamined(.notAnalyzed) }
    let scans = query.plan.nodes.indices.compactMap { Scan(node: $0, in: query) }
    return .examined(scans.grouped(by: \.table).compactMap { finding(for: $0, in: query) })
  }

  /// One index-only scan.
  private struct Scan {
    let node: Int
    let table: QualifiedName
    let fetches: Double
    let rows: Double

    init?(node: Int, in query: DiagnosticCase) {
      let plan = query.plan.nodes[node]
      guard plan.type.name == "Index Only Scan", let relation = plan.relation,
        let fetches = plan.number(.heapFetches), plan.actual.figures != nil
      else { return nil }
      self.node = node
      table = QualifiedName(relation)
      self.fetches = fetches
      rows = query.totalRows(of: node) + query.totalRowsRemoved(by: node)
    }
  }

  private func finding(for scans: [Scan], in query: DiagnosticCase) -> Finding? {
    let (fetches, rows) = (scans.map(\.fetches).reduce(0, +), scans.map(\.rows).reduce(0, +))
    let guilty = scans.filter { $0.fetches > Self.mostFetchedShare * $0.rows }
    let impact = query.impact(ofOwnTimeOf: guilty.map(\.node))
    // Rows of many short loops are rounded averages: a fetch for each may count more than they do.
    guard let first = guilty.first, fetches > Self.mostFetchedShare * rows, fetches >= Self.leastFetches,
      impact.share >= Self.leastShare
    else { return nil }
    let share = min(fetches / max(rows, 1), 1)
    return Finding(
      rule: Self.name,
      title:
        "Index-only scan of \(first.table.quoted) visits the table for \(Words.percent(share)) of its rows",
      blamedNodes: guilty.map(\.node), impact: impact,
      observations: [observation(first, fetches: fetches, rows: rows, in: query)],
      measurements: [
        Measurement("heap fetches", fetches, source: "Heap Fetches"),
        Measurement("rows read of the index", rows, source: "(actual rows + Rows Removed by Filter) × loops"),
      ], cause: cause(first, in: query), remedies: remedies(first, impact, in: query),
      noRemedy: query.engine.hasTableMaintenance
        ? nil : "\(query.engine.name) has no VACUUM: it keeps its own storage.",
      key: ProblemKey(Self.name, first.table.label))
  }

  // MARK: Words

  private func observation(_ scan: Scan, fetches: Double, rows: Double, in query: DiagnosticCase) -> String {
    """
    \(query.label(of: scan.node)) read \(Words.about(rows)) rows of the index and visited the table \
    \(Words.count(fetches)) times to see whether they may be seen.
    """
  }

  private func cause(_ scan: Scan, in query: DiagnosticCase) -> Cause {
    let why =
      "The visibility map does not say that the blocks of these rows are visible to all: they were written since the last VACUUM."
    let falsifier = "after VACUUM, with no older transaction open, the plan still prints as many Heap Fetches"
    guard let statistics = query.relation(of: scan.node)?.statistics, let visible = statistics.relAllVisible,
      let pages = statistics.currentPages ?? statistics.relPages, pages > 0
    else {
      return Cause([why], basis: .inferredFromPlan, falsifier: falsifier)
    }
    let vacuum = statistics.lastVacuum.map { "The last VACUUM was at \($0)." } ?? "No VACUUM is recorded."
    let dead = statistics.deadTuples.map { " \(Words.counted($0, "dead row")) wait for one." } ?? ""
    return Cause(
      [
        why,
        """
        By pg_class \(Words.count(min(visible, pages))) of \(Words.counted(pages, "block")) are marked as visible \
        to all. \(vacuum)\(dead)
        """,
      ], basis: .supportedByCatalog, falsifier: falsifier)
  }

  private func remedies(_ scan: Scan, _ impact: Impact, in query: DiagnosticCase) -> [Remedy] {
    guard query.engine.hasTableMaintenance else { return [] }
    let source = "the scan's own time in the captured plan; not tried: VACUUM writes"
    return [
      Remedy(
        .vacuum(scan.table), rationale: "VACUUM marks the blocks, and the scan stays within the index.",
        caveats: [
          "It lasts until the rows are changed again: on a table that is written all the time let autovacuum come more often (autovacuum_vacuum_scale_factor, autovacuum_vacuum_insert_scale_factor of the table)."
        ],
        expectation: impact.milliseconds.map { .computed(upTo: $0, from: source) }
          ?? .computedCost(upToShare: impact.share, from: source))
    ]
  }
}
