import Catalog
import PlanModel
import SQLNames

/// Finds bitmap scans that had to test the rows of whole blocks again.
///
/// ## Why it matters
/// A bitmap names the rows that an index found. Where it does not fit in `work_mem`, or where the index knows no more
/// than blocks, it names blocks, and every row in them is fetched and tested.
///
/// ## Formula
/// Heap Blocks … lossy, and Rows Removed by Index Recheck / (that + rows returned). A bitmap takes 64 bytes for each
/// block (`tbm_calculate_entries`), so the need for memory follows from the blocks that the plan counts. Impact is
/// the scan's own time.
///
/// ## Thresholds
/// - any lossy block of an index that knows rows, or a second test that discards over 50% (rules.md)
/// - impact at least 5%: below that the finding would be LOW
/// - of a BRIN index: four times the blocks that the wanted rows would fill in its order; up to that its second
///   test is its nature
///
/// ## Silent when
/// The bitmap was exact, or a BRIN index led to the blocks that hold the rows.
///
/// ## Remedies
/// `SET work_mem` for the session to the size of the bitmap, tried as an experiment under the 30-second rule. For a
/// BRIN index over a table that is not in its order, a B-tree on the same column; it does not exist yet and is not
/// tried.
///
/// ## Known limits
/// In a parallel scan up to PostgreSQL 17 the plan counts the leader's blocks only: the need is computed from them.
public struct LossyBitmap: Rule {
  /// The name of this rule and of its page.
  public static let name: RuleName = "LossyBitmap"
  /// Share of the rows that the second test must discard (rules.md).
  static let leastRecheckedShare = 0.5
  /// Share of the execution that the scan must take.
  static let leastShare = 0.05
  /// Times the blocks that a BRIN index needs by nature: beyond, the table is not in its order.
  static let mostTimesNeededBlocks = 4.0
  /// `pages_per_range` by default.
  static let blocksPerRange = 128.0
  /// No trial and no advice asks for more (experiments.md: 1 GB).
  static let largestWorkMem = 1_048_576

  /// The rule has no settings.
  public init() {}

  /// Looks at every bitmap heap scan that ran.
  public func examine(_ query: DiagnosticCase) -> RuleOutcome {
    guard query.plan.isAnalyzed else { return .notExamined(.notAnalyzed) }
    let scans = query.plan.nodes.indices.compactMap { RecheckedBitmap(node: $0, in: query) }
    return .examined(scans.compactMap { finding(for: $0, in: query) })
  }

  private func finding(for scan: RecheckedBitmap, in query: DiagnosticCase) -> Finding? {
    let impact = query.impact(ofOwnTimeOf: [scan.node])
    guard impact.share >= Self.leastShare, let reason = reason(scan, in: query) else { return nil }
    return Finding(
      rule: Self.name, title: title(scan, in: query), blamedNodes: [scan.node], impact: impact,
      observations: [observation(scan, in: query)], measurements: measurements(scan), cause: reason.cause,
      remedies: reason.remedy.map { [$0(impact)] } ?? [],
      noRemedy: reason.remedy == nil ? reason.noRemedy : nil,
      key: ProblemKey(Self.name, "\(scan.node)"))
  }

  /// Why rows had to be tested again, and what to do.
  private struct Reason {
    var cause: Cause
    var remedy: ((Impact) -> Remedy)?
    var noRemedy = ""
  }

  private func reason(_ scan: RecheckedBitmap, in query: DiagnosticCase) -> Reason? {
    if let index = scan.summary { return disorder(scan, index, in: query) }
    // Without an exact block the index, which was not seen, may be one that knows no rows.
    if scan.lossyBlocks > 0, !scan.indexes.isEmpty || scan.exactBlocks > 0 { return memory(scan, in: query) }
    guard scan.recheckedShare > Self.leastRecheckedShare, scan.exactBlocks > 0 else { return nil }
    return nature(scan)
  }

  // MARK: Memory

  private func memory(_ scan: RecheckedBitmap, in query: DiagnosticCase) -> Reason {
    let bytes = scan.blocks(in: query) * RecheckedBitmap.bytesPerBlock
    let kilobytes = scan.workMemKilobytes(in: query)
    let need = """
      A bitmap of \(Words.counted(scan.blocks(in: query), "block")) takes about \(Words.bytes(bytes)), \
      \(Words.count(RecheckedBitmap.bytesPerBlock)) bytes each
      """
    let setting = query.evidence.setting("work_mem").flatMap(Double.init)
    let words = setting.map { "\(need); work_mem is \(Words.bytes($0 * 1_024))." }
    let cause = Cause(
      [words ?? "\(need), more than work_mem allowed; its value was not seen."],
      basis: setting == nil ? .inferredFromPlan : .supportedByCatalog,
      falsifier: "with work_mem = \(kilobytes / 1_024)MB the plan still prints lossy blocks",
      check: setting == nil ? "SHOW work_mem;" : nil)
    guard query.engine.hasWorkMem, kilobytes <= Self.largestWorkMem else {
      return Reason(
        cause: cause, noRemedy: "The bitmap is too large to ask work_mem for it: want fewer rows.")
    }
    return Reason(cause: cause) { impact in workMem(kilobytes, impact) }
  }

  private func workMem(_ kilobytes: Int, _ impact: Impact) -> Remedy {
    Remedy(
      .setWorkMem(kilobytes: kilobytes),
      rationale: "A bitmap that fits names rows, and only those are fetched and tested.",
      caveats: [
        "work_mem is a limit for each sort, hash and bitmap of each process, not for the session: raise it for this query's sessions or role only."
      ], expectation: expectation(impact, "not tried"))
  }

  private func expectation(_ impact: Impact, _ why: String) -> ExpectedImpact {
    let source = "the scan's own time in the captured plan; \(why)"
    return impact.milliseconds.map { .computed(upTo: $0, from: source) }
      ?? .computedCost(upToShare: impact.share, from: source)
  }

  // MARK: Indexes that know no rows

  /// BRIN over a table that is not in the order of the column; `nil` where it is as good as BRIN can be.
  private func disorder(_ scan: RecheckedBitmap, _ index: IndexDefinition, in query: DiagnosticCase)
    -> Reason?
  {
    let read = scan.exactBlocks + scan.lossyBlocks
    guard scan.recheckedShare > Self.leastRecheckedShare, let pages = scan.pages,
      let rows = scan.relation?.bestRowCount, rows > 0
    else { return nil }
    let loops = max(query.loops(of: scan.node) / query.processes(of: scan.node), 1)
    let needed = (scan.rowsReturned / rows * pages).rounded(.up) + 2 * Self.blocksPerRange * loops
    guard read > Self.mostTimesNeededBlocks * needed else { return nil }
    let correlation = index.leadingColumns.first.flatMap {
      scan.relation?.column($0)?.distribution?.correlation
    }
    let order =
      correlation.map { " Its correlation with the table's order is \(Words.fixed($0, decimals: 2))." } ?? ""
    let cause = Cause(
      [
        """
        \(index.words) is a BRIN index: it keeps the least and the largest value of each range of blocks. In the \
        order of its column the rows would fill about \(Words.counted(needed, "block")); \
        \(Words.count(read)) were read, because every range holds values of all kinds.\(order)
        """
      ], basis: .supportedByCatalog,
      falsifier: "the rows of each range of blocks have values close to each other")
    return Reason(cause: cause, remedy: bTree(instead: index, scan, in: query), noRemedy: Self.noBTree)
  }

  private static let noBTree =
    "By the planner's cost model a B-tree would not be used: bring the table into the column's order, or want fewer rows."

  private func bTree(
    instead index: IndexDefinition, _ scan: RecheckedBitmap, in query: DiagnosticCase
  ) -> ((Impact) -> Remedy)? {
    guard let column = index.leadingColumns.first, let relation = scan.relation else { return nil }
    let share = scan.rowsReturned / max(relation.bestRowCount ?? 1, 1)
    var demand = IndexDemand()
    demand.ranges = [IndexDemand.ColumnDemand(column: column, selectivity: share)]
    let advisor = IndexAdvisor(relation: relation, evidence: query.evidence, engine: query.engine)
    guard share <= IndexAdvisor.largestWantedShare,
      case .propose(let proposal, let benefit) = advisor.advice(for: demand, selectivity: share)
    else { return nil }
    return { impact in
      IndexRemedy(proposal: proposal, benefit: benefit, relation: relation).remedy(
        impact: impact, rationale: "A B-tree names rows whatever their order in the table.")
    }
  }

  /// GIN and GiST find candidates: the second test is how they work.
  private func nature(_ scan: RecheckedBitmap) -> Reason {
    let index = scan.indexes.first.map { "\($0.words) (\($0.accessMethod))" } ?? "The index"
    return Reason(
      cause: Cause(
        [
          """
          The bitmap was exact, and still \(Words.percent(scan.recheckedShare)) of the rows failed the second test: \
          \(index) leads to candidates, of which the condition holds for few.
          """
        ], basis: .inferredFromPlan, falsifier: "an index that knows more of the condition reads as many rows"
      ),
      noRemedy:
        "A longer pattern, or a second condition that an index bounds, leaves fewer candidates; more memory does not."
    )
  }

  // MARK: Words

  private func title(_ scan: RecheckedBitmap, in query: DiagnosticCase) -> String {
    let table = query.plan.nodes[scan.node].relation.map { QualifiedName($0).quoted } ?? "a table"
    guard scan.summary == nil, scan.lossyBlocks > 0 else {
      return
        "Bitmap scan of \(table) discards \(Words.percent(scan.recheckedShare)) of its rows in the second test"
    }
    return
      "The bitmap for \(table) did not fit in work_mem: \(Words.counted(scan.lossyBlocks, "block")) lossy"
  }

  private func observation(_ scan: RecheckedBitmap, in query: DiagnosticCase) -> String {
    """
    \(query.label(of: scan.node)) read \(Words.counted(scan.exactBlocks, "exact block")) and \
    \(Words.count(scan.lossyBlocks)) lossy ones, tested \(Words.about(scan.rowsRechecked + scan.rowsReturned)) rows \
    again and discarded \(Words.about(scan.rowsRechecked)).
    """
  }

  private func measurements(_ scan: RecheckedBitmap) -> [Measurement] {
    [
      Measurement("lossy blocks", scan.lossyBlocks, source: "Heap Blocks … lossy"),
      Measurement("rows discarded", scan.rowsRechecked, source: "Rows Removed by Index Recheck × loops"),
    ]
  }
}
