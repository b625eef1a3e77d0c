import ByteReading
import PlanModel

/// Turns the line of a node into the node; names that occur again are made once.
struct NodeLineReader {
  private var types = InternedValues<NodeType>()
  private var relations = InternedValues<RelationReference>()
  private var indexes = InternedValues<String>()

  /// The figures could not be read.
  struct Fault: Error {
    /// The node without them.
    var node: PlanNode
    /// Where they went wrong, counted from the end of the line.
    var bytesBeforeEnd: Int
    var isCutOff: Bool
    var isElided: Bool
  }

  /// The node that `line`, without arrow and indentation, prints.
  mutating func node(_ line: Bytes) throws(Fault) -> PlanNode {
    let parts = NodeLine(line)
    var node = named(parts)
    guard let start = parts.figuresStart else { return node }
    do {
      let figures = try NodeFigures.read(line.from(start))
      node.estimate = figures.estimate
      node.actual = figures.actual
      node.properties = figures.unknown
      return node
    } catch {
      throw Fault(
        node: node, bytesBeforeEnd: line.count - start - error.offset, isCutOff: error.isCutOff,
        isElided: error.isElided)
    }
  }

  private mutating func named(_ parts: NodeLine) -> PlanNode {
    let type = types.value(for: parts.type, make: NodeType.init(printed:))
    var node = PlanNode(parent: nil, type: type)
    node.indexName = parts.index.map { indexes.value(for: $0, make: RelationText.name) }
    guard let relation = parts.relation else { return node }
    if type.name == "Bitmap Index Scan" {
      node.indexName = indexes.value(for: relation, make: RelationText.name)
    } else {
      node.relation = relations.value(for: relation, make: RelationText.reference)
    }
    return node
  }
}
