import PlanModel

/// Turns the line of a node into the node; names that occur again are made once.
struct NodeLineReader {
  private var types = InternedValues<KnownType>()
  private var relations = InternedValues<Rare<RelationReference>>()
  private var indexes = InternedValues<String>()

  private struct KnownType {
    @Shared var type: NodeType
    let isBitmapIndexScan: Bool

    init(_ words: Bytes) {
      let type = NodeType(printed: words)
      isBitmapIndexScan = type.isBitmapIndexScan
      self.type = type
    }
  }

  /// The figures could not be read; the node is there without them.
  struct Fault: Error {
    /// Where they went wrong, counted from the end of the line.
    var bytesBeforeEnd: Int
    var isCutOff: Bool
    var isElided: Bool
  }

  /// Reads what `line`, without arrow and indentation, prints of a node.
  mutating func read(_ line: Bytes, into node: inout PlanNode) throws(Fault) {
    let parts = NodeLine(line)
    name(&node, parts)
    guard let start = parts.figuresStart else { return }
    do {
      let figures = try NodeFigures.read(line.from(start))
      node.estimate = figures.estimate
      node.actual = figures.actual
      node.properties = figures.unknown
    } catch {
      throw Fault(
        bytesBeforeEnd: line.count - start - error.offset, isCutOff: error.isCutOff,
        isElided: error.isElided)
    }
  }

  private mutating func name(_ node: inout PlanNode, _ parts: NodeLine) {
    let known = types.value(for: parts.type, make: KnownType.init)
    node.$type = known.$type
    node.indexName = parts.index.map { indexes.value(for: $0, make: RelationText.name) }
    guard let relation = parts.relation else { return }
    if known.isBitmapIndexScan {
      node.indexName = indexes.value(for: relation, make: RelationText.name)
    } else {
      node.$relation = relations.value(for: relation) { Rare(wrappedValue: RelationText.reference($0)) }
    }
  }
}
