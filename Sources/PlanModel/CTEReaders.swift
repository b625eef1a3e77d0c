/// Which CTE Scans read which CTE: two CTEs of a plan may bear one name.
public struct CTEReaders: Sendable {
  /// CTE Scans by the root of the CTE that they read.
  private var scansByRoot: [Int: [Int]] = [:]
  private var rootByScan: [Int: Int] = [:]

  /// A scan reads the innermost CTE of its name, and never the one that it is part of.
  public init(_ plan: ExplainedPlan) {
    let declarations = CTEDeclarations(plan)
    guard !declarations.isEmpty else { return }
    var scopes = CTEScopes()
    for index in plan.nodes.indices {
      scopes.leave(until: plan.nodes[index].parent)
      scopes.enter(index, declarations)
      guard plan.nodes[index].type.kind == .cteScan, let name = plan.nodes[index].relation?.name,
        let root = scopes.root(of: name)
      else { continue }
      scansByRoot[root, default: []].append(index)
      rootByScan[index] = root
    }
  }

  /// The scans of the CTE with that root, in printed order.
  public func scans(of root: Int) -> [Int] { scansByRoot[root] ?? [] }

  /// The root of the CTE that a node reads; `nil` for any node but a CTE Scan, and for one whose CTE is
  /// not in the plan.
  public func root(readBy scan: Int) -> Int? { rootByScan[scan] }
}

/// The CTEs of a plan, by the names that their scans call them.
private struct CTEDeclarations {
  struct Declaration {
    var name: String
    var root: Int
  }

  /// By the node under which they are printed.
  private(set) var byNode: [Int: [Declaration]] = [:]
  /// By their root.
  private(set) var names: [Int: String] = [:]

  var isEmpty: Bool { names.isEmpty }

  init(_ plan: ExplainedPlan) {
    guard plan.nodes.indices.contains(where: { plan.nodes[$0].relationship.isCTE }) else { return }
    let scanned = Set(plan.nodes.filter { $0.type.kind == .cteScan }.compactMap { $0.relation?.name })
    for (index, node) in plan.nodes.enumerated() {
      guard case .cte(let printed) = node.relationship, let parent = node.parent else { continue }
      let name = Self.scannedName(of: printed, scanned)
      byNode[parent, default: []].append(Declaration(name: name, root: index))
      names[index] = name
    }
  }

  /// From release 19 on the second CTE of a name is printed as `CTE c_1`, and its scans still as
  /// `CTE Scan on c`.
  private static func scannedName(of printed: String, _ scanned: Set<String>) -> String {
    guard !scanned.contains(printed), let bar = printed.lastIndex(of: "_") else { return printed }
    let number = printed[bar...].dropFirst()
    let base = String(printed[..<bar])
    let isNumbered = !number.isEmpty && number.allSatisfy { $0.isASCII && $0.isNumber }
    return isNumbered && scanned.contains(base) ? base : printed
  }
}

/// The CTEs that can be seen from a place, while a plan is walked in preorder.
private struct CTEScopes {
  /// Per name the visible CTEs, innermost last; `nil` hides those before it.
  private var visible: [String: [Int?]] = [:]
  /// What each open node added, outermost first.
  private var open: [(node: Int, names: [String])] = []
  /// Per CTE what its name meant before it was declared: that is what it means within it.
  private var hidden: [Int: Int?] = [:]

  func root(of name: String) -> Int? { visible[name]?.last ?? nil }

  /// Closes the nodes below `parent`.
  mutating func leave(until parent: Int?) {
    while let last = open.last, last.node != parent {
      for name in last.names { visible[name]?.removeLast() }
      open.removeLast()
    }
  }

  mutating func enter(_ node: Int, _ declarations: CTEDeclarations) {
    var names: [String] = []
    if let name = declarations.names[node] {
      visible[name, default: []].append(hidden[node] ?? nil)
      names.append(name)
    }
    for declaration in declarations.byNode[node] ?? [] {
      hidden[declaration.root] = .some(root(of: declaration.name))
      visible[declaration.name, default: []].append(declaration.root)
      names.append(declaration.name)
    }
    open.append((node, names))
  }
}
