import Catalog
import PlanModel

/// A join whose inputs are estimated right and whose result is not: the rows that meet are not spread over the
/// keys as the planner assumes.
struct UnevenJoin {
  let label: String
  let node: Int
  let keys: [String]
  let tables: [String]
  /// Rows of the other side that each outer row was expected to meet, and met.
  let expectedEach: Double
  let actualEach: Double
  /// Rows of the smaller input.
  let fewest: Double
  let isUnder: Bool

  init(_ join: JoinDiagnosis, _ estimate: JoinEstimate) {
    let query = join.query
    node = join.misestimate.node
    label = query.label(of: node)
    keys = estimate.factors.map(\.predicate)
    tables = join.misestimate.tables(in: query).map(\.quoted)
    let inputs = query.inputs(of: node)
    let outer = inputs.first.map(query.totalRows) ?? 1
    expectedEach = join.misestimate.estimated / max(estimate.outerRows, 1)
    actualEach = query.totalRows(of: node) / max(outer, 1)
    fewest = inputs.map(query.totalRows).min() ?? 1
    isUnder = join.misestimate.isUnderestimate
  }
}

extension UnevenJoin: EstimateFault {
  static let rule = JoinSelectivity.name

  var subject: String { "node \(node)" }

  func title(_ error: String) -> String {
    "The join by \(Words.list(keys)) is estimated \(error) too \(isUnder ? "low" : "high"), though both inputs are right"
  }

  var observations: [String] {
    let several =
      keys.count > 1
      ? " It multiplies the shares of \(keys.count) conditions as if they had nothing to do with each other."
      : ""
    return [
      """
      The planner takes every key for as frequent as any other: each outer row was expected to meet \
      \(Words.counted(expectedEach, "row")) and met \(Words.count(actualEach)).\(several)
      """
    ]
  }

  var measurements: [Measurement] {
    [
      Measurement("expected rows for each outer row", expectedEach, source: "cost … rows"),
      Measurement("rows for each outer row", actualEach, source: "actual rows"),
    ]
  }

  func falsifier(_ node: String) -> String { "the inputs of \(node) are estimated wrongly themselves" }

  func remedies(for engine: EngineProfile, _ expectation: ExpectedImpact) -> [Remedy] {
    [
      Remedy(
        .changeStatement(hint),
        rationale: "With the key as a constant, its own frequency in pg_stats counts instead of the average.",
        caveats: [
          "Extended statistics do not help: PostgreSQL uses them for one table's conditions and groups, not for joins."
        ], expectation: expectation)
    ]
  }

  private var hint: String {
    keys.count > 1
      ? "Compare one key instead of \(keys.count), where one of the conditions follows from the others; or look the keys up first and put them into the statement as constants."
      : "Look the keys up first and put them into the statement as constants (`IN (…)`), or repeat the condition that picks them on the other table's own column, where it has one."
  }

  func noRemedy(for engine: EngineProfile) -> String? { nil }
}
