/// Which CTE Scans read which CTE: two CTEs of a plan may bear one name.
public struct CTEReaders: Sendable {
  /// CTE Scans by the root of the CTE that they read.
  private var scansByRoot: [Int: [Int]] = [:]
  private var rootByScan: [Int: Int] = [:]

  /// A scan reads the innermost CTE of its name, and never the one that it is part of.
  public init(_ plan: ExplainedPlan) {
    let roots = Self.roots(of: plan)
    guard !roots.isEmpty else { return }
    for (index, node) in plan.nodes.enumerated() where node.type.name == "CTE Scan" {
      guard let name = node.relation?.name else { continue }
      var below = index
      // The scan itself may be the node under which the CTE stands.
      for ancestor in [index] + plan.ancestors(of: index) {
        if let root = roots[Declaration(node: ancestor, name: name)], root != below {
          scansByRoot[root, default: []].append(index)
          rootByScan[index] = root
          break
        }
        below = ancestor
      }
    }
  }

  /// The scans of the CTE with that root, in printed order.
  public func scans(of root: Int) -> [Int] { scansByRoot[root] ?? [] }

  /// The root of the CTE that a node reads; `nil` for any node but a CTE Scan, and for one whose CTE is
  /// not in the plan.
  public func root(readBy scan: Int) -> Int? { rootByScan[scan] }

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
