import SQLNames

extension NodeType {
  /// The type in the words of EXPLAIN's TEXT format: `Parallel Hash Left Join`, `Partial HashAggregate`.
  public var label: String {
    let prefix =
      (isParallelAware ? "Parallel " : "") + (isAsync ? "Async " : "")
      + (partialMode.map { $0 + " " } ?? "")
    return prefix + nameWithKind + (isBackward ? " Backward" : "")
  }

  private var nameWithKind: String {
    switch name {
    case "Aggregate": aggregateName
    case "Hash Join", "Merge Join": joinType.map { name.dropLast(4) + $0 + " Join" } ?? name
    case "Nested Loop": joinType.map { "\(name) \($0) Join" } ?? name
    case "SetOp": (strategy == "Hashed" ? "HashSetOp" : "SetOp") + (command.map { " " + $0 } ?? "")
    case "ModifyTable": command ?? name
    case "Foreign Scan": command.map { "Foreign " + $0 } ?? name
    default: name
    }
  }

  private var aggregateName: String {
    switch strategy {
    case "Sorted": "GroupAggregate"
    case "Hashed": "HashAggregate"
    case "Mixed": "MixedAggregate"
    default: name
    }
  }
}

extension RelationReference {
  /// `public.orders o`, names quoted where SQL needs it.
  public var qualifiedLabel: String {
    let names = [schema, name].compactMap { $0 }.map { SQLIdentifier($0).quoted }.joined(separator: ".")
    return names + (alias.map { " " + SQLIdentifier($0).quoted } ?? "")
  }
}

extension PlanNode {
  /// The node as EXPLAIN's TEXT format names it: `Index Scan using orders_pkey on public.orders o`.
  public var label: String {
    if type.name == "Bitmap Index Scan", let indexName {
      return "\(type.label) on \(SQLIdentifier(indexName).quoted)"
    }
    return type.label + (indexName.map { " using " + SQLIdentifier($0).quoted } ?? "")
      + (relation.map { " on " + $0.qualifiedLabel } ?? "")
  }
}
