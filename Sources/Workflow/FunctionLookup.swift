import Catalog
import Postgres
import Statements

/// Judges what called names and OIDs may mean, by the rows of `pg_proc`, `pg_operator` and `pg_cast`.
struct FunctionLookup {
  private let callers: [FunctionCaller]
  private let policy: FunctionPolicy
  private let plannedOnly: Bool
  private let byName: [String: [FunctionRow]]
  private let byOID: [Int: FunctionRow]
  private let parts: [Int: [FunctionRow]]
  private let operators: Rows
  private let uncalled: [Row]

  /// What asks for the functions by name and OID, for those behind operators and aggregates, and for those
  /// that no text calls.
  static func statements(
    _ callers: [FunctionCaller], _ queries: FunctionQueries, writing: Bool
  ) -> [SafeSQL] {
    let seeds = TypeSeeds(callers)
    let functions = callers.flatMap(\.stored.functions).distinct
    let operators = callers.flatMap(\.stored.operators).distinct
    return [
      queries.functions(named: seeds.functions, attributes: seeds.attributes), queries.functions(functions),
      queries.partsOfAggregates(named: seeds.functions, functions),
      queries.operators(named: seeds.operators, operators), queries.casts(seeds, writing: writing),
      queries.implied(seeds),
    ]
  }

  /// - Parameter answers: to ``statements(_:_:writing:)``, in order.
  init(_ callers: [FunctionCaller], _ answers: [Rows], policy: FunctionPolicy, plannedOnly: Bool) {
    self.callers = callers
    self.policy = policy
    self.plannedOnly = plannedOnly
    byName = Dictionary(grouping: answers[0].map(FunctionRow.init), by: \.candidate.name)
    byOID = Dictionary(answers[1].map(FunctionRow.init).map { ($0.oid, $0) }) { first, _ in first }
    parts = Dictionary(grouping: answers[2].map(FunctionRow.init), by: \.aggregate)
    operators = answers[3]
    uncalled = Array(answers[4...].joined())
  }

  /// The first call that may mean a function that is not allowed.
  func rejection() -> FunctionRejection? {
    for caller in callers {
      if let rejection = caller.unreadable.flatMap(unlessVouched) ?? calledByName(caller)
        ?? calledByOID(caller)
      {
        return rejection
      }
    }
    return uncalled.lazy.compactMap { objection(to: FunctionRow($0), $0["path"]) }.first
  }

  private func unlessVouched(_ rejection: FunctionRejection) -> FunctionRejection? {
    policy.allows(rejection.function) ? nil : rejection
  }

  private func calledByName(_ caller: FunctionCaller) -> FunctionRejection? {
    let calls = caller.calls?.functions ?? []
    let operators = caller.calls?.operators ?? []
    return calls.lazy.flatMap { meant(by: $0) }.compactMap { objection(to: $0, caller.path) }.first
      ?? caller.attributes.lazy.flatMap { meant(by: $0, behind: caller.rows) }.compactMap {
        objection(to: $0, caller.path)
      }.first
      ?? operators.lazy.flatMap { meant(by: $0) }.compactMap {
        objection(to: FunctionRow($0), $0.operatorPath)
      }
      .first
  }

  private func calledByOID(_ caller: FunctionCaller) -> FunctionRejection? {
    let functions = caller.stored.functions.sorted().lazy.compactMap { byOID[$0] }
    let operators = operators.lazy.filter { row in
      row["operator", as: Int.self].map(caller.stored.operators.contains) ?? false
    }
    return functions.compactMap { objection(to: $0, caller.path) }.first
      ?? operators.compactMap { objection(to: FunctionRow($0), $0.operatorPath) }.first
  }

  /// Every visible function that fits the number of arguments; where none does, whatever bears the name.
  private func meant(by use: FunctionUse) -> [FunctionRow] {
    let named = (byName[use.name] ?? []).filter { row in
      use.schema.map(row.candidate.isIn) ?? row.isVisible
    }
    let fitting = named.filter { $0.candidate.fits(use) }
    return fitting.isEmpty ? named : fitting
  }

  /// A value of any type may stand before the dot, where it is not known to be a row.
  private func meant(by use: AttributeUse, behind rows: Set<String>) -> [FunctionRow] {
    let isRow = use.qualifier.map(rows.contains) ?? false
    return (byName[use.name] ?? []).filter { $0.isVisible && (isRow ? $0.takesRow : $0.takesOne) }
  }

  /// Which operator of a name is meant depends on types, so the function of each must pass.
  private func meant(by use: OperatorUse) -> [Row] {
    operators.filter { row in
      use.name == row["oprname"]
        && (use.schema.map { SchemaName.isSame($0, row["operator_schema"] ?? "") }
          ?? (row.bool("is_visible") == true))
    }
  }

  private func objection(to row: FunctionRow, _ path: String?) -> FunctionRejection? {
    guard mayRun(row), !policy.allows(row.candidate.qualifiedName) else { return nil }
    if let objection = row.isForeign ? .isForeign : policy.objection(to: row.candidate) {
      return FunctionRejection(function: row.candidate.qualifiedName, objection: objection, path: path)
    }
    let place = [path, "aggregate \(row.candidate.qualifiedName.quoted)"].compactMap(\.self)
    return (parts[row.oid] ?? []).lazy.compactMap { part in
      objection(to: part, place.joined(separator: " → "))
    }.first
  }

  /// Planning alone runs no VOLATILE function, but writes out one in SQL and runs what is folded in it.
  private func mayRun(_ row: FunctionRow) -> Bool {
    !plannedOnly || row.candidate.volatility != .volatile || row.candidate.language == "sql"
  }
}

extension Row {
  fileprivate var operatorPath: String { "operator \(self["oprname"] ?? "")" }
}

/// One row of `pg_proc`.
struct FunctionRow {
  let oid: Int
  let candidate: FunctionCandidate
  /// The search path leads to its schema.
  let isVisible: Bool
  /// One argument is enough, so that it can be called as `(value).name`.
  let takesOne: Bool
  /// That argument may be a row, so that it can be called as `row.name`.
  let takesRow: Bool
  /// The aggregate that runs it; 0 where none was asked for.
  let aggregate: Int
  /// It fetches the rows of a foreign table.
  let isForeign: Bool

  init(_ row: Row) {
    oid = row["oid", as: Int.self] ?? 0
    candidate = FunctionCandidate(
      schema: row["nspname"] ?? "", name: row["proname"] ?? "",
      volatility: row["provolatile"].flatMap(FunctionCandidate.Volatility.init) ?? .volatile,
      language: row["lanname"] ?? "", origin: Self.origin(row, oid),
      argumentCount: row["pronargs", as: Int.self] ?? 0,
      defaultCount: row["pronargdefaults", as: Int.self] ?? 0,
      isVariadic: row.bool("is_variadic") ?? false)
    isVisible = row.bool("is_visible") ?? true
    takesOne = row.bool("takes_one") ?? false
    takesRow = row.bool("takes_row") ?? false
    aggregate = row["aggregate", as: Int.self] ?? 0
    isForeign = row.bool("is_foreign") ?? false
  }

  /// A superuser may replace one of the server's own functions, which keeps its OID, but the server's are
  /// internal, SQL or C.
  private static func origin(_ row: Row, _ oid: Int) -> FunctionCandidate.Origin {
    if (1..<FunctionQueries.firstUserOID).contains(oid) {
      return ["internal", "sql", "c"].contains(row["lanname"]) ? .server : .user
    }
    if row["prokind"] == "a" { return .aggregate }
    if row["lanname"] == "internal", row.bool("is_constructor") == true { return .rangeConstructor }
    // An extension's owner may make a function of his own a member; a compiled one only a superuser has.
    let isTrusted = row["lanname"] == "c" || row.bool("is_superusers") == true
    return isTrusted ? row["extname"].map(FunctionCandidate.Origin.extension) ?? .user : .user
  }
}
