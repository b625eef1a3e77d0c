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
    let functions = callers.flatMap { $0.stored.functions.union($0.planned) }.distinct
    let operators = callers.flatMap(\.stored.operators).distinct
    return [
      queries.functions(named: seeds.functions, attributes: seeds.attributes), queries.functions(functions),
      queries.partsOfAggregates(named: seeds.functions + seeds.attributes, functions),
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
    callers.lazy.compactMap { $0.unreadable(by: policy) ?? reached(by: $0).lazy.compactMap(objection).first }
      .first ?? uncalledFunctions.lazy.compactMap(objection).first
  }

  /// Every function that a caller may mean, or that is met without a call.
  var reached: [ReachedFunction] {
    callers.flatMap { caller in
      let planned = caller.planned.sorted().compactMap { byOID[$0] }
      return reached(by: caller)
        + planned.map { ReachedFunction($0, caller.path, needsDefaults: true, isMetOnly: true) }
    } + uncalledFunctions
  }

  private var uncalledFunctions: [ReachedFunction] {
    uncalled.flatMap { withParts(ReachedFunction(FunctionRow($0), $0["path"])) }
  }

  private func reached(by caller: FunctionCaller) -> [ReachedFunction] {
    let path = caller.path
    let called = (caller.calls?.functions ?? []).flatMap { use in
      meant(by: use).map { ReachedFunction($0, path, needsDefaults: $0.candidate.needsDefaults(use)) }
    }
    let attributes = caller.attributes.flatMap { meant(by: $0, behind: caller.rows) }
    let stored = caller.stored.functions.sorted().compactMap { byOID[$0] }
    let operators = operators(of: caller).map { ReachedFunction(FunctionRow($0), $0.operatorPath) }
    return
      (called + (attributes + stored).map { ReachedFunction($0, path, needsDefaults: true) } + operators)
      .flatMap(withParts)
  }

  private func operators(of caller: FunctionCaller) -> [Row] {
    (caller.calls?.operators ?? []).flatMap { meant(by: $0) }
      + operators.filter { row in
        row["operator", as: Int.self].map(caller.stored.operators.contains) ?? false
      }
  }

  /// An aggregate runs its own functions, unless somebody vouches for it.
  private func withParts(_ called: ReachedFunction) -> [ReachedFunction] {
    let name = called.row.candidate.qualifiedName
    guard let parts = parts[called.row.oid], !policy.allows(name) else { return [called] }
    let place = [called.path, "aggregate \(name.quoted)"].compactMap(\.self).joined(separator: " → ")
    return [called] + parts.map { ReachedFunction($0, place) }
  }

  /// Every function in the search path that fits the number of arguments and that no other hides; where
  /// none fits, whatever bears the name.
  private func meant(by use: FunctionUse) -> [FunctionRow] {
    let named = (byName[use.name] ?? []).filter { row in
      use.schema.map(row.candidate.isIn) ?? row.isVisible
    }
    let fitting = named.filter { $0.candidate.fits(use) }
    guard !fitting.isEmpty else { return named }
    return fitting.filter { use.schema != nil || !$0.isHidden || !$0.candidate.isMatched(use) }
  }

  /// A value of any type may stand before the dot, where it is not known to be a row.
  private func meant(by use: AttributeUse, behind rows: Set<String>) -> [FunctionRow] {
    let isRow = use.qualifier.map(rows.contains) ?? false
    let call = FunctionUse(schema: nil, name: use.name, argumentCount: 1)
    return (byName[use.name] ?? []).filter { row in
      row.isVisible && !(row.isHidden && row.candidate.isMatched(call))
        && (isRow ? row.takesRow : row.takesOne)
    }
  }

  /// Which operator of a name is meant depends on types, so the function of each must pass.
  private func meant(by use: OperatorUse) -> [Row] {
    operators.filter { row in
      use.name == row["oprname"]
        && (use.schema.map { SchemaName.isSame($0, row["operator_schema"] ?? "") }
          ?? (row.bool("is_visible") == true))
    }
  }

  private func objection(to called: ReachedFunction) -> FunctionRejection? {
    let candidate = called.row.candidate
    guard mayRun(candidate), !policy.allows(candidate.qualifiedName) else { return nil }
    return (called.row.isForeign ? .isForeign : policy.objection(to: candidate)).map {
      FunctionRejection(function: candidate.qualifiedName, objection: $0, path: called.path)
    }
  }

  /// Planning alone runs no VOLATILE function, but writes out one in SQL and folds what stands in it.
  private func mayRun(_ candidate: FunctionCandidate) -> Bool {
    !plannedOnly || candidate.volatility != .volatile || candidate.language == "sql"
  }
}

extension FunctionCaller {
  /// Why what it calls cannot be known, unless somebody vouches for it; nobody can for what the server
  /// itself refuses.
  func unreadable(by policy: FunctionPolicy) -> FunctionRejection? {
    unreadable.flatMap { $0.objection.canBeVouchedFor && policy.allows($0.function) ? nil : $0 }
  }
}

/// A function that may run, and where.
struct ReachedFunction {
  let row: FunctionRow
  /// As of ``FunctionCaller``.
  let path: String?
  /// Arguments may be left to their defaults.
  var needsDefaults = false
  /// Planning meets it and does not run it.
  var isMetOnly = false

  init(_ row: FunctionRow, _ path: String?, needsDefaults: Bool = false, isMetOnly: Bool = false) {
    self.row = row
    self.path = path
    self.needsDefaults = needsDefaults
    self.isMetOnly = isMetOnly
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
  /// One of the same parameters stands earlier in the search path.
  let isHidden: Bool
  /// `pg_proc.proargdefaults`
  let defaults: String?
  /// Of a function in SQL that somebody made: `prosqlbody`, and `prosrc` where there is none.
  let body: (tree: String?, text: String)

  init(_ row: Row) {
    oid = row["oid", as: Int.self] ?? 0
    candidate = FunctionCandidate(
      schema: row["nspname"] ?? "", name: row["proname"] ?? "",
      volatility: row["provolatile"].flatMap(FunctionCandidate.Volatility.init) ?? .volatile,
      language: row["lanname"] ?? "", symbol: row["symbol"], origin: Self.origin(row, oid),
      argumentCount: row["pronargs", as: Int.self] ?? 0,
      defaultCount: row["pronargdefaults", as: Int.self] ?? 0,
      isVariadic: row.bool("is_variadic") ?? false)
    isVisible = row.bool("is_visible") ?? true
    takesOne = row.bool("takes_one") ?? false
    takesRow = row.bool("takes_row") ?? false
    aggregate = row["aggregate", as: Int.self] ?? 0
    isForeign = row.bool("is_foreign") ?? false
    isHidden = row.bool("is_hidden") ?? false
    defaults = row["defaults"]
    body = (row["body_tree"], row["body_text"] ?? "")
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
