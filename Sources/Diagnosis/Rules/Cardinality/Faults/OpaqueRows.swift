import Catalog
import PlanModel
import SQLNames

/// Rows of something that is no table, of which the planner knows nothing: a function, a CTE, grouped rows.
struct OpaqueRows {
  /// Where the rows come from.
  enum Origin {
    case function(FunctionEvidence?, name: String)
    case cte(String)
    case grouped
  }

  let origin: Origin
  let node: Int
  let label: String
  let planned: Double
  let actual: Double

  /// `nil` for other nodes.
  init?(_ misestimate: Misestimate, in query: DiagnosticCase) {
    guard let origin = Self.origin(of: misestimate.node, in: query) else { return nil }
    self.origin = origin
    node = misestimate.node
    label = query.label(of: misestimate.node)
    planned = misestimate.estimated
    actual = misestimate.actual
  }

  private static func origin(of index: Int, in query: DiagnosticCase) -> Origin? {
    let node = query.plan.nodes[index]
    switch node.type.name {
    case "Function Scan":
      guard let name = Self.functionName(node) else { return nil }
      let known = query.evidence.functions.filter {
        $0.name.name == name.name && (name.schema == nil || $0.name.schema == name.schema)
      }
      return .function(known.count == 1 ? known[0] : nil, name: name.label)
    case "CTE Scan" where node[.filter] != nil: return .cte("a CTE's")
    case "Subquery Scan" where node[.filter] != nil: return .cte("a sub-select's")
    case "Aggregate" where node[.filter] != nil: return .grouped
    default: return nil
    }
  }

  /// `Function Scan on public.f x`, or `Function Call: f(1)` where it stands there alone.
  private static func functionName(_ node: PlanNode) -> QualifiedName? {
    if let relation = node.relation { return QualifiedName(relation) }
    guard let call = node[PropertyKey("Function Call")] else { return nil }
    let parts = call.prefix { $0 != "(" }.split(separator: ".").map(String.init)
    return parts.last.map { QualifiedName(schema: parts.count > 1 ? parts[0] : nil, name: $0) }
  }
}

extension OpaqueRows: EstimateFault {
  static let rule = OpaqueEstimate.name

  var subject: String {
    switch origin {
    case .function(_, let name): "function \(name)"
    case .cte, .grouped: "node \(node)"
    }
  }

  func title(_ error: String) -> String {
    switch origin {
    case .function(_, let name):
      "The planner takes \(name) to return \(Words.counted(planned, "row")) and missed by \(error)"
    case .cte(let whose):
      "The planner has no statistics of \(whose) columns and missed by \(error) at \(label)"
    case .grouped: "The planner guesses how many groups a condition on them keeps, and missed by \(error)"
    }
  }

  var observations: [String] {
    switch origin {
    case .function(let known?, let name):
      [
        """
        pg_proc.prorows of \(name) is \(Words.count(known.rows)): so many rows are expected of every call, whatever its \
        arguments are. It returned \(Words.count(actual)).
        """
      ]
    case .function(nil, let name):
      [
        "Of \(name) the planner expects \(Words.counted(planned, "row")), whatever its arguments are; it returned \(Words.count(actual))."
      ]
    case .cte(let whose):
      [
        "\(label) tests \(whose) columns, for which there are no statistics: \(Words.counted(planned, "row")) were expected, \(Words.count(actual)) came."
      ]
    case .grouped:
      [
        "\(label) tests what was computed for each group, for which there are no statistics: \(Words.counted(planned, "row")) were expected, \(Words.count(actual)) came."
      ]
    }
  }

  var measurements: [Measurement] {
    guard case .function(let known?, _) = origin else { return [] }
    return [Measurement("rows of a call", known.rows, source: "pg_proc.prorows")]
  }

  var basis: Cause.Basis {
    if case .function(.some, _) = origin { .supportedByCatalog } else { .inferredFromPlan }
  }

  func falsifier(_ node: String) -> String {
    "the number of rows that \(node) returns is not the same for other arguments"
  }

  func remedies(for engine: EngineProfile, _ expectation: ExpectedImpact) -> [Remedy] {
    switch origin {
    case .function(let known?, _) where engine.hasTableMaintenance && !known.hasSupport && actual >= 1:
      return [
        Remedy(
          .setFunctionRows(
            FunctionSignature(known.name, arguments: known.arguments), rows: Int(min(actual.rounded(), 1e9)),
            before: Int(max(known.rows, 1))),
          rationale:
            "The planner takes the number of rows from the function's definition: \(Words.count(actual)) came here.",
          caveats: ["It holds for every call: choose a number that is right for most of them."],
          expectation: expectation)
      ]
    case .cte:
      return [
        Remedy(
          .changeStatement(
            "Let the planner look through: `NOT MATERIALIZED` for a CTE that is read once, or the condition inside of it, so that it tests a table's own columns."
          ),
          rationale: "The condition is then estimated from the statistics of the table.",
          caveats: ["A CTE that is read several times is then computed several times."],
          expectation: expectation)
      ]
    default: return []
    }
  }

  func noRemedy(for engine: EngineProfile) -> String? {
    guard remedies(for: engine, .unknown(direction: "", missing: "")).isEmpty else { return nil }
    return """
      No statement is advised: the planner keeps no statistics of such rows. In a temporary table, analyzed before it \
      is joined, they have some.
      """
  }
}
