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
  let predicates: [ScanPredicate]
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
    let predicates = Self.predicates(of: shape, in: query)
    guard !predicates.isEmpty else { return nil }
    self.shape = shape
    self.scan = scan
    self.predicates = predicates
    self.query = query
    self.relation = query.relation(of: scan)
    self.table = relation?.indexTarget ?? QualifiedName(reference)
    (self.blamedNodes, self.impact) = Self.blame(shape, in: query)
    self.verdict = Self.verdict(
      shape, predicates: predicates, relation: relation, table: table, in: query)
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

  private static func predicates(of shape: Shape, in query: DiagnosticCase) -> [ScanPredicate] {
    switch shape {
    case .repeated(let scan): scan.joinPredicates(in: query)
    case .inFull(let input): input.joinPredicates(in: query)
    }
  }

  private static func blame(_ shape: Shape, in query: DiagnosticCase) -> ([Int], Impact) {
    switch shape {
    case .repeated(let scan):
      ([scan.reread], query.impact(ofWallTimeOf: [query.innerSide(of: scan)]))
    case .inFull(let input):
      (input.savedNodes(in: query), query.impact(ofOwnTimeOf: input.savedNodes(in: query)))
    }
  }

  private static func verdict(
    _ shape: Shape, predicates: [ScanPredicate], relation: RelationEvidence?, table: QualifiedName,
    in query: DiagnosticCase
  ) -> IndexVerdict {
    let verdict = proposed(shape, predicates: predicates, relation: relation, table: table, in: query)
    // That the index which leads to the rows lacks columns is another rule's finding.
    if case .propose(_, let benefit) = verdict, let index = benefit.extends { return .exists(index) }
    return verdict
  }

  private static func proposed(
    _ shape: Shape, predicates: [ScanPredicate], relation: RelationEvidence?, table: QualifiedName,
    in query: DiagnosticCase
  ) -> IndexVerdict {
    let known = relation ?? RelationEvidence(statistics: RelationStatistics(name: table))
    let advisor = IndexAdvisor(relation: known, evidence: query.evidence, engine: query.engine)
    switch shape {
    case .repeated(let scan):
      return advisor.advice(
        forLookups: scan.loops, rowsEach: scan.rowsWanted(in: query), demand: scan.demand(in: query),
        costBefore: advisor.fullScanCost * scan.loops)
    case .inFull(let input):
      return advisor.advice(
        forLookups: input.lookups, rowsEach: input.rowsEach,
        demand: query.demand(of: predicates, at: input.scan),
        costBefore: advisor.fullScanCost)
    }
  }

  /// What two inputs have in common when one index serves both.
  var proposalKey: String { "\(table.quoted)(\(predicates.compactMap(\.column).joined(separator: ",")))" }

  /// A wrong estimate of the outer side, where its cause is proven, explains why this plan was chosen.
  var explainedBy: ProblemKey? {
    guard case .repeated(let scan) = shape else { return nil }
    return EstimateLinks.key(ofLoopOver: query.innerSide(of: scan), in: query)
  }

  // MARK: Words

  private var columns: String { Words.list(predicates.compactMap(\.column).map { SQLIdentifier($0).quoted }) }

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
      \(query.label(of: input.scan)) handed \(Words.counted(input.rowsHanded, "row")) to \
      \(query.label(of: input.join)); its other input had \(Words.counted(input.lookups, "row")), and \
      \(Words.counted(input.rowsJoined, "row")) came out.
      """
    }
  }

  var rationale: String {
    "With an index on \(columns) the rows of each key are looked up instead of searched for."
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
      ["The join compares \(columns), and no index of \(table.quoted) leads with it. \(described)"],
      basis: .supportedByCatalog, falsifier: "after building the index the plan still reads the table in full"
    )
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
