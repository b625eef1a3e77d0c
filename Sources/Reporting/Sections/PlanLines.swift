import PlanModel

/// The captured line of each node, found by counting: nodes stand in the text in the plan's order.
struct PlanLines {
  private let plan: ExplainedPlan
  /// One per node, or empty where the text is not EXPLAIN's TEXT format.
  private let captured: [String]

  init(_ plan: ExplainedPlan, text: String) {
    self.plan = plan
    let lines = text.split(whereSeparator: \.isNewline).map { $0.drop { $0 == " " || $0 == "\t" } }
    let root = lines.firstIndex { $0.contains(plan.root.type.name) && !$0.hasPrefix("->") }
    let arrows = lines.filter { $0.hasPrefix("->") }
    let nodes = (root.map { [lines[$0]] } ?? []) + arrows
    let areWhole = nodes.count == plan.nodes.count && nodes.allSatisfy(Self.endsOutsideQuotes)
    captured = areWhole ? nodes.map(String.init) : []
  }

  /// A name that holds line ends goes on below.
  private static func endsOutsideQuotes(_ line: Substring) -> Bool {
    line.utf8.count { $0 == UInt8(ascii: "\"") }.isMultiple(of: 2)
  }

  /// The lines of these nodes, verbatim where they can be found, else written anew.
  func lines(of nodes: [Int]) -> [String] {
    nodes.filter(plan.nodes.indices.contains).map {
      captured.isEmpty ? written(plan.nodes[$0]) : captured[$0]
    }
  }

  private func written(_ node: PlanNode) -> String {
    let rows = node.estimate.map { " (estimated rows=\(Figure.count($0.planRows)))" } ?? ""
    let actual =
      node.actual.figures.map { " (actual rows=\(Figure.count($0.rows)) loops=\(Figure.count($0.loops)))" }
      ?? ""
    return node.label + rows + actual
  }
}
