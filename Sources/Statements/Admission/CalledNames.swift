import Catalog
import JSONTree

/// Everything that a statement calls by name, as written: what the admission of functions looks up.
public struct CalledNames: Sendable, Hashable {
  /// Functions, aggregates, window functions and sampling methods, each once.
  public let functions: [FunctionUse]
  /// Operators, each once; the ones that BETWEEN, IN, LIKE, NULLIF and USING stand for are among them.
  public let operators: [OperatorUse]
  /// Types that values are cast to or that functions declare, each once: their input functions, casts
  /// and domain constraints run.
  public let types: [TypeUse]
  /// `t.name` where `name` may be a column of `t`, but is a call of `name(t)` where `t` has none.
  public let attributes: [AttributeUse]
  /// Tables and views of FROM as often as they are named, and names of WITH among them.
  public let relations: [QualifiedName]
  /// Names given to whole joins: what stands behind one's dot may be a call though a table has such a column.
  public let joinAliases: Set<String>
  /// A subscript stands somewhere: what is no integer is cast to one, as where a row is written.
  public let hasSubscripts: Bool

  init(_ statements: [ParsedStatement]) {
    var collector = NameCollector()
    for (key, value) in statements.flatMap(\.tree.root.objects) {
      collector.visit(SyntaxNode(kind: key, fields: value))
    }
    functions = collector.functions
    operators = collector.operators
    types = collector.types
    attributes = collector.attributes
    relations = collector.relations
    joinAliases = collector.joinAliases
    hasSubscripts = collector.hasSubscripts
  }

  /// Relations that a shape does not have as tables, and not all as names of WITH.
  public func relations(besides shape: StatementShape) -> [QualifiedName] {
    var left = relations
    for item in shape.tables {
      guard let place = left.firstIndex(of: item.qualifiedName) else { continue }
      left.remove(at: place)
    }
    return left
  }
}

/// A function as a statement calls it.
public struct FunctionUse: Sendable, Hashable {
  /// As written; `nil` where the search path decides.
  public let schema: String?
  /// Without quotes.
  public let name: String
  /// Arguments in the call; those behind WITHIN GROUP count, `*` does not.
  public let argumentCount: Int
  /// Whether the last argument is marked VARIADIC.
  public let isVariadic: Bool
  /// Whether an argument is given by its name.
  public let hasNames: Bool
  /// Arguments that are parameters: the server leaves out those that turn out to be of type `void`.
  public let parameterCount: Int
  /// Where the first call stands, in bytes of the user's statement.
  public let offset: Int?

  /// Arguments that the server is sure to see.
  public var leastArgumentCount: Int { argumentCount - parameterCount }

  /// A call, for tests and for callers that find one elsewhere, as in the definition of a view.
  public init(
    schema: String?, name: String, argumentCount: Int, isVariadic: Bool = false, hasNames: Bool = false,
    parameterCount: Int = 0, offset: Int? = nil
  ) {
    self.schema = schema
    self.name = name
    self.argumentCount = argumentCount
    self.isVariadic = isVariadic
    self.hasNames = hasNames
    self.parameterCount = parameterCount
    self.offset = offset
  }

  /// The same, where it stands.
  func at(_ offset: Int?) -> FunctionUse {
    FunctionUse(
      schema: schema, name: name, argumentCount: argumentCount, isVariadic: isVariadic, hasNames: hasNames,
      parameterCount: parameterCount, offset: offset)
  }
}

/// An operator as a statement writes it.
public struct OperatorUse: Sendable, Hashable {
  /// From `OPERATOR(schema.+)`; `nil` where the search path decides.
  public let schema: String?
  /// As `<=`.
  public let name: String
  /// Whether it stands before a single operand.
  public let isPrefix: Bool
}

/// A type as a statement writes it.
public struct TypeUse: Sendable, Hashable {
  /// `pg_catalog` for the grammar's own names, as `integer`; `nil` where the search path decides.
  public let schema: String?
  /// Without quotes, brackets and length: `int4` for `integer[]`.
  public let name: String
}

/// A name behind a dot: a column, or a function of one composite argument.
public struct AttributeUse: Sendable, Hashable {
  /// What stands before the dot; `nil` where it is an expression.
  public let qualifier: String?
  /// What stands behind it.
  public let name: String
}
