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

  /// As PostgreSQL compares names, by their bytes: `é` and `e` with an accent are two.
  public static func == (a: QualifiedName, b: QualifiedName) -> Bool {
    a.name.utf8.elementsEqual(b.name.utf8) && a.schema.elementsEqual(b.schema)
  }

  /// By the same bytes.
  public func hash(into hasher: inout Hasher) {
    // Names that compare as equal strings have equal hashes, and others may.
    hasher.combine(schema)
    hasher.combine(name)
  }

  /// By schema, then by name.
  public static func < (a: QualifiedName, b: QualifiedName) -> Bool {
    (a.schema ?? "", a.name) < (b.schema ?? "", b.name)
  }
}

extension String? {
  fileprivate func elementsEqual(_ other: String?) -> Bool {
    switch (self, other) {
    case (nil, nil): true
    case (let name?, let other?): name.utf8.elementsEqual(other.utf8)
    default: false
    }
  }
}
