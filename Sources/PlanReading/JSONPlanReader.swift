import JSONTree
import PlanModel

/// Reads a plan in JSON format, to the same value that TEXT of the same execution gives.
///
/// JSON prints zeros and `false` where TEXT prints nothing: they are left out. Lists are joined as
/// TEXT joins them.
enum JSONPlanReader {
  struct Reading {
    var plan: ExplainedPlan
    /// `Node Type` of the plans beside the first.
    var otherRoots: [String]
    /// How many bytes the document took.
    var byteCount: Int
  }

  /// What is wrong with the document.
  enum Fault: Error {
    case syntax(JSONSyntaxError)
    case noPlan
  }

  /// Reads one document from the start of `text`; what stands behind it is left alone.
  static func read(_ text: Bytes) throws(Fault) -> Reading {
    let tree: JSONTree
    do { tree = try JSONTree(text) } catch { throw .syntax(error) }
    let queries = tree.root.kind == .array ? tree.root.elements : [tree.root]
    let withPlan = queries.filter { $0["Plan"]?["Node Type"]?.string != nil }
    guard let query = withPlan.first, let root = query["Plan"] else { throw .noPlan }
    // A quote inside a literal is escaped, so this is a key. Not every node prints it.
    let isVerbose = text.offset(of: "\"Output\":") != nil
    var plan = ExplainedPlan(nodes: nodes(from: root, isVerbose: isVerbose))
    JSONTrailers.read(query, isVerbose: isVerbose, into: &plan)
    return Reading(
      plan: plan, otherRoots: withPlan.dropFirst().compactMap { $0["Plan"]?["Node Type"]?.string },
      byteCount: tree.byteCount)
  }

  /// The tree in preorder, by a stack of nodes that are still to be read.
  private static func nodes(from root: JSONValue, isVerbose: Bool) -> [PlanNode] {
    var nodes: [PlanNode] = []
    var pending: [(value: JSONValue, parent: Int?)] = [(root, nil)]
    while let (value, parent) = pending.popLast() {
      let children = value["Plans"]?.elements ?? []
      pending += children.reversed().map { ($0, nodes.count) }
      nodes.append(JSONNodeReader(value, isVerbose: isVerbose).node(below: parent))
    }
    return nodes
  }
}

extension JSONPlanReader.Fault {
  /// The error as the user sees it; the document began at `start` in the block.
  func located(at start: Int, in block: TextBlock) -> PlanReadingError {
    switch self {
    case .syntax(let error):
      .invalidJSON(at: block.position(of: start + error.offset), expected: error.expected)
    case .noPlan: .noPlanInJSON(at: block.position(of: start))
    }
  }
}
