import Catalog

/// What may be called where the server does not show `pg_proc`: only what PostgreSQL has under that name.
///
/// A function that somebody has given a built-in's name cannot be told from it: the caller names that gap.
extension FunctionPolicy {
  /// The first name that is not PostgreSQL's own, nor vouched for: of a function, a type or an operator.
  public func rejectedName(in calls: CalledNames) -> QualifiedName? {
    calls.functions.lazy.filter { !isHarmless($0) }.map { QualifiedName(schema: $0.schema, name: $0.name) }
      .first
      ?? calls.types.lazy.filter { !isBuiltIn($0.schema, $0.name, among: BuiltInNames.types) }
      .map { QualifiedName(schema: $0.schema, name: $0.name) }.first
      ?? calls.operators.lazy.filter { !isBuiltIn($0.schema, $0.name, among: BuiltInNames.operators) }
      .map { QualifiedName(schema: $0.schema, name: $0.name) }.first
  }

  /// Functions that pass by their name alone.
  static let harmlessNames = BuiltInNames.functions.subtracting(denied).union(harmlessVolatile)

  private func isHarmless(_ use: FunctionUse) -> Bool {
    isBuiltIn(use.schema, use.name, among: Self.harmlessNames)
  }

  private func isBuiltIn(_ schema: String?, _ name: String, among names: Set<String>) -> Bool {
    if schema == nil || schema == "pg_catalog", names.contains(name) { return true }
    return allowed.contains { $0.name == name && ($0.schema == nil || schema == nil || $0.schema == schema) }
  }
}
