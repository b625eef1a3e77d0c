/// Which CTE Scans read which CTE.
struct CTEReaders {
  /// CTE Scans by the root of the CTE that they read.
  private var scansByRoot: [Int: [Int]] = [:]

  /// A scan reads the innermost CTE of its name, and never the one that it is part of.
  init(_ plan: ExplainedPlan) {
    let roots = Self.roots(of: plan)
    guard !roots.isEmpty else { return }
    for (index, node) in plan.nodes.enumerated() where node.type.name == "CTE Scan" {
      guard let name = node.relation?.name else { continue }
      var below = index
      // The scan itself may be the node under which the CTE stands.
      for ancestor in [index] + plan.ancestors(of: index) {
        if let root = roots[Declaration(node: ancestor, name: name)], root != below {
          scansByRoot[root, default: []].append(index)
          break
        }
        below = ancestor
      }
    }
  }

  /// The scans of the CTE with that root, in printed order.
  func scans(of root: Int) -> [Int] { scansByRoot[root] ?? [] }

  private static func roots(of plan: ExplainedPlan) -> [Declaration: Int] {
    plan.nodes.indices.reduce(into: [:]) { roots, index in
      guard case .cte(let name) = plan.nodes[index].relationship, let parent = plan.nodes[index].parent
      else { return }
      roots[Declaration(node: parent, name: name)] = index
    }
  }

  private struct Declaration: Hashable {
    var node: Int
    var name: String
  }
}
