/// Where Aurora DSQL evaluates a predicate: what it excludes costs less, the further down that is.
public enum PredicateLayer: Sendable, Equatable {
  /// `Index Cond`: bounds what is read of an index, the primary key included.
  case indexCondition
  /// `Filters` of a storage node: checked on what was read, before rows are sent.
  case storageFilter
  /// `Filter` and its like: checked by the query processor on rows that storage has sent.
  case queryProcessorFilter
  /// `Hash Cond` and `Merge Cond`: by which the query processor joins rows that storage has sent.
  case joinCondition

  /// The layer of a property; `nil` when it is no predicate.
  public init?(_ key: PropertyKey) {
    switch key {
    case .indexCond: self = .indexCondition
    case .storageFilters: self = .storageFilter
    case .filter, .joinFilter, .recheckCond, .oneTimeFilter: self = .queryProcessorFilter
    case .hashCond, .mergeCond: self = .joinCondition
    default: return nil
    }
  }
}

/// A condition of a node, and who checks it.
public struct LayeredPredicate: Sendable, Equatable {
  /// Who checks it.
  public var layer: PredicateLayer
  /// The property as printed.
  public var property: PlanProperty
}

extension PlanNode {
  /// The node's conditions in printed order, each with the layer that evaluates it.
  public var layeredPredicates: [LayeredPredicate] {
    properties.compactMap { property in
      PredicateLayer(property.key).map { LayeredPredicate(layer: $0, property: property) }
    }
  }
}
