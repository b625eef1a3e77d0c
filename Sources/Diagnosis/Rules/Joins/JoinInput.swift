import Catalog
import PlanModel
import SQLNames
import Statements

/// A table that is read in full for a join, with the index that would spare it.
struct JoinInput {
  enum Shape {
    case repeated(RepeatedScan)
    case inFull(FullJoinInput)
  }

  let shape: Shape
  let scan: Int
  /// What leads to the wanted rows.
  let tie: JoinTie
  let relation: RelationEvidence?
  let table: QualifiedName
  let impact: Impact
  let blamedNodes: [Int]
  let verdict: IndexVerdict
  private let query: DiagnosticCase

  /// `nil` when the scan is read for no join, too small, or tied to the join by no plain equality.
  init?(scan: Int, in query: DiagnosticCase) {
    guard let reference = query.plan.nodes[scan].relation, let shape = Self.shape(of: scan, in: query) else {
      return nil
    }
    guard let tie = Self.tie(of: shape, in: query) else { return nil }
    self.shape = shape
    self.scan = scan
    self.tie = tie
    self.query = query
    self.relation = Self.relation(of: shape, at: scan, in: query)
    self.table = relation?.indexTarget ?? QualifiedName(reference)
    (self.blamedNodes, self.impact) = Self.blame(shape, in: query)
    self.verdict = Self.verdict(
      shape, tie: tie, relation: relation, table: table, in: query)
  }

  private static func shape(of scan: Int, in query: DiagnosticCase) -> Shape? {
    if let repeated = RepeatedScan(scan: scan, in: query) {
      return repeated.rowsPerLoop >= UnindexedInner.leastRowsPerLoop ? .repeated(repeated) : nil
    }
    guard let input = FullJoinInput(scan: scan, in: query),
      input.joinedShare <= IndexAdvisor.largestWantedShare,
      input.rowsHanded >= UnindexedInner.leastRowsPerLoop
    else { return nil }
    return .inFull(input)
  }

  /// The evidence of all partitions that a join reads in full, as of one table.
  private static func relation(
    of shape: Shape, at scan: Int, in query: DiagnosticCase
  ) -> RelationEvidence? {
    partitions(of: shape, in: query).map(RelationEvidence.init(partitions:)) ?? query.relation(of: scan)
  }

  private static func partitions(of shape: Shape, in query: DiagnosticCase) -> [RelationEvidence]? {
    guard case .inFull(let input) = shape, input.scans.count > 1 else { return nil }
    return input.scans.compactMap(query.relation)
  }

  private static func tie(of shape: Shape, in query: DiagnosticCase) -> JoinTie? {
    switch shape {
    case .repeated(let scan): scan.tie(in: query)
    case .inFull(let input): JoinTie(input.joinPredicates(in: query))
    }
  }

  private static func blame(_ shape: Shape, in query: DiagnosticCase) -> ([Int], Impact) {
    switch shape {
    case .repeated(let scan):
      blame(scan, in: query)
    case .inFull(let input):
      (input.savedNodes(in: query), query.impact(ofOwnTimeOf: input.savedNodes(in: query)))
    }
  }

  /// What a nested loop tests on each pair of rows it tests in its own time.
  private static func blame(_ scan: RepeatedScan, in query: DiagnosticCase) -> ([Int], Impact) {
    let inner = query.innerSide(of: scan)
    guard query.plan.nodes[scan.repeater].type.isNestedLoop, scan.testedAbove(in: query) else {
      return ([scan.reread], query.impact(ofWallTimeOf: [inner]))
    }
    let nodes = [scan.repeater] + query.plan.subtree(of: inner)
    return ([scan.reread, scan.repeater], query.impact(ofOwnTimeOf: nodes))
  }

  private static func verdict(
    _ shape: Shape, tie: JoinTie, relation: RelationEvidence?, table: QualifiedName,
    in query: DiagnosticCase
  ) -> IndexVerdict {
    let verdict = proposed(shape, tie: tie, relation: relation, table: table, in: query)
    // That the index which leads to the rows lacks columns is another rule's finding.
    if case .propose(_, let benefit) = verdict, let index = benefit.extends { return .exists(index) }
    return verdict
  }

  private static func proposed(
    _ shape: Shape, tie: JoinTie, relation: RelationEvidence?, table: QualifiedName,
    in query: DiagnosticCase
  ) -> IndexVerdict {
    let known = relation ?? RelationEvidence(statistics: RelationStatistics(name: table))
    let advisor = IndexAdvisor(
      relation: known, evidence: query.evidence, engine: query.engine,
      partitionsRead: partitions(of: shape, in: query)?.map(\.name))
    switch shape {
    case .repeated(let scan):
      return advice(for: tie, of: scan, by: advisor, in: query)
    case .inFull(let input):
      return advisor.advice(
        forLookups: input.lookups, rowsEach: input.rowsEach,
        demand: query.demand(of: tie.predicates, at: input.scan),
        costBefore: advisor.fullScanCost)
    }
  }

  private static func advice(
    for tie: JoinTie, of scan: RepeatedScan, by advisor: IndexAdvisor, in query: DiagnosticCase
  ) -> IndexVerdict {
    let demand = scan.demand(in: query)
    let wanted = scan.rowsWanted(in: query)
    let before = advisor.fullScanCost * scan.loops
    // A materialized table costs little to go through again, and a range leaves much of an index to go through.
    let planned = min(scan.plannedCost(in: query) ?? before, before)
    switch tie {
    case .equality:
      return advisor.advice(forLookups: scan.loops, rowsEach: wanted, demand: demand, costBefore: before)
    case .either:
      return advisor.advice(
        forEither: demand, rowsEach: wanted, executions: scan.loops, costBefore: planned)
    case .range:
      return advisor.advice(
        forRanges: demand, rowsEach: wanted, executions: scan.loops, costBefore: planned)
    }
  }

  /// What two inputs have in common when one index serves both.
  var proposalKey: String { "\(table.quoted)(\(tie.columns.joined(separator: ",")))" }

  /// A wrong estimate of the outer side, where its cause is proven, explains why this plan was chosen.
  var explainedBy: ProblemKey? {
    guard case .repeated(let scan) = shape else { return nil }
    return EstimateLinks.key(ofLoopOver: query.innerSide(of: scan), in: query)
  }

  // MARK: Words

  private var columns: String { Words.list(missing.map { SQLIdentifier($0).quoted }) }

  /// The columns without an index: of an OR some may have theirs, and one range may be enough.
  private var missing: [String] {
    if case .equality = tie { return tie.columns }
    guard case .propose(let proposal, let benefit) = verdict else { return tie.columns }
    let keys = ([proposal] + benefit.beside).flatMap(\.keys).map(\.text)
    return tie.columns.filter(keys.contains)
  }

  var title: String {
    switch shape {
    case .repeated(let scan):
      "\(table.quoted) is read in full \(Words.count(scan.loops)) times: no index on \(columns)"
    case .inFull(let input):
      "Join reads all of \(table.quoted) to use \(Words.percent(input.joinedShare)) of it: no index on \(columns)"
    }
  }

  var observation: String {
    switch shape {
    case .repeated(let scan):
      """
      \(query.label(of: scan.repeater)) ran \(query.label(of: scan.reread)) \(Words.count(scan.loops)) times, \
      going through \(Words.counted(scan.rowsPerLoop, "row")) each time.
      """
    case .inFull(let input):
      """
      \(query.label(of: input.handing(in: query))) handed \(Words.counted(input.rowsHanded, "row")) to \
      \(query.label(of: input.join)); its other input had \(Words.counted(input.lookups, "row")), and \
      \(Words.counted(input.rowsJoined, "row")) came out.
      """
    }
  }

  var rationale: String {
    switch tie {
    case .equality: "With an index on \(columns) the rows of each key are looked up instead of searched for."
    case .either:
      "Each branch of the OR finds its rows by an index of its own, and a bitmap puts them together."
    case .range:
      "Along an index on \(columns) only the entries on one side of each value are gone through, and tested there."
    }
  }

  var cause: Cause {
    guard let indexes = relation?.indexes else {
      return Cause(
        ["The join compares \(table.quoted).\(columns); which indexes the table has was not seen."],
        basis: .unverified, falsifier: "an index on \(columns) exists and the planner passed it over",
        check: CheckQueries.indexes(of: table).text)
    }
    let names = indexes.map(\.words)
    let described = names.isEmpty ? "It has no index." : "It has \(Words.list(Array(names.prefix(6))))."
    return Cause(
      ["The join compares \(columns), and no index of \(table.quoted) \(serves). \(described)"],
      basis: .supportedByCatalog, falsifier: "after building the index the plan still reads the table in full"
    )
  }

  private var serves: String {
    if case .either = tie, missing.count > 1 { "leads with either" } else { "leads with it" }
  }

  var comparisons: [Comparison] {
    guard case .repeated(let scan) = shape, let outer = query.inputs(of: scan.repeater).first else {
      return []
    }
    return [
      Comparison(
        "Outer rows per loop", estimated: query.planRows(of: outer), actual: query.rows(of: outer))
    ]
  }

  var measurements: [Measurement] {
    switch shape {
    case .repeated(let scan):
      [
        Measurement("loops", scan.loops, source: "actual loops"),
        Measurement("rows per loop", scan.rowsPerLoop, source: "actual rows + Rows Removed by Filter"),
      ]
    case .inFull(let input):
      [
        Measurement("rows handed to the join", input.rowsHanded, source: "actual rows × loops"),
        Measurement("rows of the other input", input.lookups, source: "actual rows × loops"),
        Measurement("rows joined", input.rowsJoined, source: "actual rows × loops"),
      ]
    }
  }
}
