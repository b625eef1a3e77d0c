/// One node of a plan, as printed.
public struct PlanNode: Sendable, Equatable {
  /// Index of the parent in ``ExplainedPlan/nodes``; `nil` for the root.
  public var parent: Int?
  /// What this node is to its parent.
  public var relationship: PlanRelationship
  /// The kind of node, with its attributes.
  @Shared public var type: NodeType
  /// The table, sub-query, function, CTE or VALUES list that the node reads.
  @Rare public var relation: RelationReference?
  /// The index that the node reads.
  public var indexName: String?
  /// The planner's estimate; `nil` with `COSTS OFF`.
  public var estimate: CostEstimate?
  /// What happened.
  public var actual: ActualExecution
  /// What each parallel worker did, where VERBOSE prints it.
  public var workers: [WorkerExecution]
  /// `Buffers`, over all loops, children included.
  public var buffers: BufferUsage?
  /// `I/O Timings`, over all loops, children included.
  @Rare public var ioTimings: IOTimings?
  /// `Sort Method` and its space.
  @Rare public var sort: SortUsage?
  /// `Buckets`, `Batches`, memory and disk of a Hash, Memoize-like cache or hashed aggregate.
  @Rare public var hash: HashUsage?
  /// All other properties in printed order, keys and values verbatim.
  public var properties: [PlanProperty]

  /// A node; what EXPLAIN did not print is left out.
  public init(
    parent: Int?, relationship: PlanRelationship = .member, type: NodeType,
    relation: RelationReference? = nil, indexName: String? = nil, estimate: CostEstimate? = nil,
    actual: ActualExecution = .notReported, workers: [WorkerExecution] = [],
    buffers: BufferUsage? = nil, ioTimings: IOTimings? = nil, sort: SortUsage? = nil, hash: HashUsage? = nil,
    properties: [PlanProperty] = []
  ) {
    self.parent = parent
    self.relationship = relationship
    self.type = type
    self.relation = relation
    self.indexName = indexName
    self.estimate = estimate
    self.actual = actual
    self.workers = workers
    self.buffers = buffers
    self.ioTimings = ioTimings
    self.sort = sort
    self.hash = hash
    self.properties = properties
  }

  /// The value of the first property of that name, verbatim.
  public subscript(_ key: PropertyKey) -> String? {
    properties.first { $0.key == key }?.value
  }

  /// The value of a property that is a number; units behind it are left out.
  public func number(_ key: PropertyKey) -> Double? {
    self[key].flatMap { Double($0.prefix { $0.isNumber || $0 == "." || $0 == "-" }) }
  }

  /// Rows that `Filter` discarded, per loop; `nil` when the node printed none.
  public var rowsRemovedByFilter: Double? { number(.rowsRemovedByFilter) }
}

/// What a node is to its parent.
public enum PlanRelationship: Sendable, Equatable {
  /// An ordinary input: outer, inner, or a member of an Append. Position tells which.
  case member
  /// `InitPlan 1 (returns $0)`: run at most once, before it is needed. The heading verbatim.
  case initPlan(String)
  /// `SubPlan 1`: run by an expression of the parent. The heading verbatim.
  case subPlan(String)
  /// `CTE name`: run on demand by the CTE Scans that read it. The name without quotes.
  case cte(String)

  /// Whether this is an ordinary input.
  public var isMember: Bool { if case .member = self { true } else { false } }

  /// Whether the node is the root of a CTE.
  public var isCTE: Bool { if case .cte = self { true } else { false } }
}

/// A table-like thing that a node reads.
public struct RelationReference: Sendable, Equatable, Hashable {
  /// Schema, where VERBOSE printed it.
  public var schema: String?
  /// Name without quotes.
  public var name: String
  /// Alias without quotes, where it differs from the name.
  public var alias: String?

  /// A reference; `alias` only where EXPLAIN printed one.
  public init(schema: String? = nil, name: String, alias: String? = nil) {
    self.schema = schema
    self.name = name
    self.alias = alias
  }

  /// The name by which the plan's expressions call it.
  public var label: String { alias ?? name }
}
