/// A relation's name with its schema, both without quotes.
public struct QualifiedName: Sendable, Hashable, Comparable, Codable {
  /// Schema; `nil` where the plan did not print it (without VERBOSE).
  public var schema: String?
  /// Relation name.
  public var name: String

  /// A name as the catalog has it.
  public init(schema: String?, name: String) {
    self.schema = schema
    self.name = name
  }

  /// For prose: `public.orders`, unquoted.
  public var label: String { schema.map { "\($0).\(name)" } ?? name }

  /// By schema, then by name.
  public static func < (a: QualifiedName, b: QualifiedName) -> Bool {
    (a.schema ?? "", a.name) < (b.schema ?? "", b.name)
  }
}
