import Catalog
import Postgres
import SQLNames
import Statements

/// The values of a statement's parameters, which travel by the protocol and never inside SQL.
public struct BoundParameters: Sendable, Equatable {
  /// One value, as the user gave it and as the server takes it.
  public struct Parameter: Sendable, Equatable {
    /// The number behind `$`, from 1.
    public var number: Int
    /// In PostgreSQL's text format; `nil` for NULL.
    public var value: String?
    /// The name of the type as the user gave it; `nil` leaves the type to the server.
    public var typeName: String?
    /// The type as the catalog has it; `nil` while it is not known.
    public var type: ParameterType?

    /// A value, and the type that it is given as.
    public init(number: Int, value: String?, typeName: String? = nil) {
      self.number = number
      self.value = value
      self.typeName = typeName
    }
  }

  /// By their numbers, ascending.
  public internal(set) var all: [Parameter]

  /// Parameters of different numbers, in any order.
  public init(_ parameters: [Parameter] = []) { all = parameters.sorted { $0.number < $1.number } }

  /// The numbers that have values.
  public var numbers: Set<Int> { Set(all.map(\.number)) }

  /// As many as the protocol must send: numbers without a value count as well.
  var count: Int { all.last?.number ?? 0 }

  /// A statement with every value bound.
  ///
  /// - Parameter mentioned: the numbers in the statement; `nil` where all types are known. What is not
  ///   mentioned gets a type all the same, since the server could not infer one.
  func statement(_ sql: SafeSQL, mentioning mentioned: [Int]? = nil) -> Statement {
    Statement(sql.text, parameters: values, types: types(mentioned))
  }

  private subscript(number: Int) -> Parameter? { all.first { $0.number == number } }

  private var values: [String?] { positions.map { self[$0]?.value } }

  private func types(_ mentioned: [Int]?) -> [UInt32] {
    positions.map { number in
      let isMentioned = mentioned?.contains(number) ?? (self[number] != nil)
      return self[number]?.type?.oid ?? (isMentioned ? 0 : ParameterType.text.oid)
    }
  }

  /// The types as `PREPARE` lists them: `unknown` lets the server infer one.
  func declaration(mentioning mentioned: [Int]) -> SafeSQL {
    let names = positions.map { number -> SafeSQL in
      if let type = self[number]?.type { return "\(type.name)" }
      return mentioned.contains(number) ? "unknown" : "\(ParameterType.text.name)"
    }
    return names.isEmpty ? "" : " (\(names.joined(separator: ", ")))"
  }

  var positions: [Int] { count > 0 ? Array(1...count) : [] }

  /// The settings that hold the values for `EXECUTE`, which takes no parameter of the protocol.
  var settings: [TransactionSettings.Setting] {
    all.compactMap { parameter in
      parameter.value.map { .init("plandx.p\(parameter.number)", $0) }
    }
  }

  /// The arguments of `EXECUTE`: NULL apart, since a setting cannot hold it. It also stands for a value that
  /// somebody's function would make.
  func arguments(of types: [ParameterType]) -> SafeSQL {
    let arguments = zip(positions, types).map { number, type -> SafeSQL in
      guard self[number]?.value != nil, !type.isCastByFunction else { return "NULL::\(type.name)" }
      return "pg_catalog.current_setting('plandx.p\(number)')::\(type.name)"
    }
    return arguments.isEmpty ? "" : "(\(arguments.joined(separator: ", ")))"
  }

  /// The same with types that the server has told, one for each number from 1.
  func typed(_ types: [ParameterType]) -> BoundParameters {
    var typed = self
    for index in all.indices where types.indices.contains(all[index].number - 1) {
      typed.all[index].type = types[all[index].number - 1]
    }
    return typed
  }
}

/// A type as the catalog has it.
public struct ParameterType: Sendable, Equatable {
  /// `pg_type.oid`
  public var oid: UInt32
  /// By which SQL finds it whatever the search path is.
  public var name: QualifiedName
  /// For prose, by `format_type`: `integer`, `timestamp with time zone`.
  public var label: String
  /// A cast from text that somebody made would run a function that was not admitted.
  var isCastByFunction = false

  /// What has no type of its own is sent as this.
  static let text = ParameterType(
    oid: 25, name: QualifiedName(schema: "pg_catalog", name: "text"), label: "text")
}
