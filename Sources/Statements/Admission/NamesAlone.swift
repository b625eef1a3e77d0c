import Catalog

/// What may be called where the server does not show `pg_proc`: only what PostgreSQL has under that name.
///
/// A function that somebody has given a built-in's name cannot be told from it: the caller names that gap.
/// Types and operators are held to the same rule, since their functions, casts and constraints cannot be
/// seen either.
extension FunctionPolicy {
  /// The first name that is not PostgreSQL's own, nor vouched for.
  public func rejectedName(in calls: CalledNames) -> (kind: CalledKind, name: QualifiedName)? {
    let functions = calls.functions.lazy.filter { !isKnown($0.schema, $0.name, among: Self.harmlessNames) }
    if let use = functions.first { return (.function, QualifiedName(schema: use.schema, name: use.name)) }
    let types = calls.types.lazy.filter { !isKnown($0.schema, $0.name, among: BuiltInNames.types) }
    if let use = types.first { return (.type, QualifiedName(schema: use.schema, name: use.name)) }
    let operators = calls.operators.lazy.filter {
      !isKnown($0.schema, $0.name, among: BuiltInNames.operators)
    }
    return operators.first.map { (.operator, QualifiedName(schema: $0.schema, name: $0.name)) }
  }

  /// Functions that pass by their name alone.
  static let harmlessNames = BuiltInNames.functions.subtracting(denied).union(harmlessVolatile)

  private func isKnown(_ schema: String?, _ name: String, among names: Set<String>) -> Bool {
    if schema == nil || schema == "pg_catalog", names.contains(name) { return true }
    return allowed.contains { $0.name == name && ($0.schema == nil || schema == nil || $0.schema == schema) }
  }
}

/// What a called name stands for.
public enum CalledKind: String, Sendable, Hashable {
  case function
  case type
  case `operator`
  case view
}
