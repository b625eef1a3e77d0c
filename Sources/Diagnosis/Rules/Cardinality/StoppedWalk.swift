import Catalog
import PlanModel

/// A scan that something above stopped when it had enough rows: how far it was expected to go, and how far it went.
struct StoppedWalk {
  let scan: Int
  /// What the goal stops: the Limit's input, or the root of a sub-plan.
  let input: Int
  /// What wanted rows, for a sentence.
  let goal: String
  /// Rows that it took.
  let wanted: Double
  /// Rows that the planner expected without it.
  let expectedRows: Double
  /// Rows that the scan returned or discarded.
  let walked: Double
  /// Rows that it would have gone through in the end.
  let length: Double
  /// Where that is known from.
  let lengthSource: String

  /// `nil` where the scan was not stopped, ran several times, or nothing tells how long its way is.
  init?(_ scan: Int, in query: DiagnosticCase) {
    guard Self.kinds.contains(query.plan.nodes[scan].type.name), query.loops(of: scan) == 1,
      let (input, goal) = Self.goal(of: scan, in: query), let way = Self.length(of: scan, in: query),
      way.rows > 0
    else { return nil }
    self.scan = scan
    self.input = input
    self.goal = goal
    wanted = max(query.totalRows(of: input), 1)
    expectedRows = max(query.planRows(of: input), 1)
    walked = query.totalRows(of: scan) + query.totalRowsRemoved(by: scan)
    (length, lengthSource) = (way.rows, way.source)
  }

  private static let kinds: Set<String> = ["Seq Scan", "Index Scan", "Index Only Scan"]

  var isScanAlone: Bool { input == scan }
  /// The part of the way that the goal was expected to need.
  var expectedShare: Double { min(wanted / expectedRows, 1) }
  /// The part that was gone.
  var walkedShare: Double { min(walked / length, 1) }
  /// How much further than expected the scan went.
  var ratio: Double { walkedShare / expectedShare }

  private static func goal(of scan: Int, in query: DiagnosticCase) -> (input: Int, goal: String)? {
    switch query.comparability[scan] {
    case .notComparable(.stoppedByLimit(let limit)):
      query.inputs(of: limit).first.map { ($0, "The LIMIT") }
    case .notComparable(.stoppedSubplan(let root)): (root, "EXISTS")
    default: nil
    }
  }

  /// Without a filter all rows that are expected; with one the rows of the table that the index condition leaves.
  private static func length(of scan: Int, in query: DiagnosticCase) -> (rows: Double, source: String)? {
    let node = query.plan.nodes[scan]
    guard node[.filter] != nil else { return (query.planRows(of: scan), "cost … rows") }
    guard let relation = query.relation(of: scan), let rows = relation.bestRowCount else { return nil }
    let source = relation.rowCount == nil ? "pg_class.reltuples" : "count(*)"
    guard node[.indexCond] != nil else { return (rows, source) }
    let bounds = query.conditions.predicates(.indexCond, of: scan).compactMap { $0.text?.text }
    return relation.selectivity(of: bounds).map { ($0 * rows, "count(*) FILTER (WHERE …)") }
  }
}
