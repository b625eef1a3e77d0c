import JSONTree
import PlanModel

/// Reads a plan in JSON, YAML or XML, to the same value that TEXT of the same execution gives.
///
/// These formats print zeros and `false` where TEXT prints nothing: they are left out. Lists are joined as
/// TEXT joins them.
enum JSONPlanReader {
  struct Reading {
    var plan: ExplainedPlan
    /// `Node Type` of the plans beside the first.
    var otherRoots: [String]
    /// Whether the document, or the plan in it, stops before its end.
    var isTruncated: Bool
    /// A figure that is no number, as `Total Cost: 12,5`.
    var fault: String?
  }

  /// The first plan of a document; `nil` where it has none.
  static func read(_ tree: JSONTree) -> Reading? {
    let queries = queries(in: tree.root)
    guard let query = queries.first, let root = query["Plan"] ?? bare(query) else { return nil }
    // Not every node prints it.
    let isVerbose = root.hasMember(named: "Output")
    let (plan, fault) = tree.withBytes { document in
      let properties = JSONProperties(document, isVerbose: isVerbose)
      var plan = ExplainedPlan(nodes: nodes(from: root, properties, isTruncated: tree.isTruncated))
      if bare(query) == nil { JSONTrailers.read(query, of: document, isVerbose: isVerbose, into: &plan) }
      return (plan, properties.fault)
    }
    return Reading(
      plan: plan, otherRoots: queries.dropFirst().compactMap { ($0["Plan"] ?? $0)["Node Type"]?.string },
      isTruncated: tree.isTruncated, fault: fault)
  }

  /// The objects that hold a plan: those of EXPLAIN's own answer, else wherever a program has put them.
  private static func queries(in root: JSONValue) -> [JSONValue] {
    let answers = root.kind == .array ? root.elements : [root]
    let queries = answers.filter(hasPlan)
    if !queries.isEmpty { return queries }
    let wrapped = root.allObjects.filter(hasPlan)
    return wrapped.isEmpty ? answers.compactMap(bare) : Array(wrapped)
  }

  private static func hasPlan(_ query: JSONValue) -> Bool { query["Plan"]?["Node Type"]?.string != nil }

  /// A node without the object around it.
  private static func bare(_ query: JSONValue) -> JSONValue? { query["Node Type"]?.string.map { _ in query } }

  /// The tree in preorder, by a stack of nodes that are still to be read.
  private static func nodes(
    from root: JSONValue, _ properties: JSONProperties, isTruncated: Bool
  ) -> [PlanNode] {
    var nodes: [PlanNode] = []
    var pending: [(value: JSONValue, parent: Int?)] = [(root, nil)]
    while let (value, parent) = pending.popLast() {
      let reader = JSONNodeReader(value, properties)
      var children = reader.children
      // Of a node that was cut off at its start there is nothing to show.
      if isTruncated, let last = children.last, last["Node Type"] == nil { children.removeLast() }
      pending += children.reversed().map { ($0, nodes.count) }
      nodes.append(reader.node(below: parent))
    }
    return nodes
  }
}
