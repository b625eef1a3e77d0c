/// What a node does, as far as two plans of one statement can be held against each other: without figures,
/// conditions, and what only one way of printing tells.
struct ComparedNode: Hashable {
  /// Kind and attributes.
  var type: NodeType
  /// The index that is read.
  var index: String?
  /// Schema and name of what is read; the schema only where both plans print schemas.
  var relation: RelationReference?
  /// What the node is to its parent; headings of sub-plans are spelt otherwise by other releases.
  var place: Place

  enum Place: Hashable {
    case member, initPlan, subPlan
    case cte(String)
  }

  init(_ node: PlanNode, _ spelling: Spelling) {
    type = node.type
    index = node.indexName
    relation = node.relation.map(spelling.relation)
    place = Place(node.relationship)
  }

  /// Which parts of names count.
  struct Spelling {
    /// VERBOSE prints schemas.
    var hasSchemas: Bool
    /// EXPLAIN numbers the partitions of a table that ModifyTable names as well: `part_1` there is `part` here.
    var hasNumberedAliases: Bool

    init(_ before: ExplainedPlan, _ after: ExplainedPlan, isModification: Bool) {
      hasSchemas = [before, after].allSatisfy { $0.nodes.contains { $0.relation?.schema != nil } }
      hasNumberedAliases = isModification
    }

    fileprivate func relation(_ printed: RelationReference) -> RelationReference {
      var relation = printed
      relation.schema = hasSchemas ? printed.schema : nil
      relation.alias = hasNumberedAliases ? Self.withoutNumber(printed.label) : printed.label
      return relation
    }

    /// `part_1` as `part`.
    private static func withoutNumber(_ label: String) -> String {
      guard let bar = label.lastIndex(of: "_"), bar > label.startIndex else { return label }
      let number = label[bar...].dropFirst()
      return number.isEmpty || !number.allSatisfy(\.isNumber) ? label : String(label[..<bar])
    }
  }

  /// The same work in one process: no word of sharing it.
  var inOneProcess: ComparedNode {
    var node = self
    node.type.isParallelAware = false
    node.type.partialMode = nil
    return node
  }

  /// Whether a plan that runs in one process has such a node.
  var isForWorkers: Bool { type.isGather || type.partialMode == "Partial" }
}

extension ComparedNode.Place {
  init(_ relationship: PlanRelationship) {
    self =
      switch relationship {
      case .member: .member
      case .initPlan: .initPlan
      case .subPlan: .subPlan
      case .cte(let name): .cte(name)
      }
  }
}
