import JSONTree
import Postgres
import Statements

/// Something that calls functions.
struct FunctionCaller {
  /// `view public.v`, `policy p on public.t`, `domain public.d`; `nil` for the statement itself.
  let path: String?
  /// What it calls by name; `nil` where that cannot be read.
  let calls: CalledNames?
  /// Names behind dots that may be calls: not the columns of the tables that they stand behind.
  var attributes: [AttributeUse]

  init(path: String?, calls: CalledNames?) {
    self.path = path
    self.calls = calls
    attributes = calls?.attributes ?? []
  }
}

/// Searches the catalog, inside one transaction, for everything that a statement may call.
struct FunctionSearch {
  private let statement: AdmittedStatement
  /// The statement's tables that exist, one for each OID of the queries.
  private let tables: [TableReference]
  private let queries: FunctionQueries
  private let transaction: Transaction

  /// Finds out what the statement's names mean in the application's session, and leaves its search path.
  static func start(
    for statement: AdmittedStatement, in transaction: Transaction
  ) async throws(PostgresError) -> FunctionSearch {
    let named = statement.shape.tables.filter { $0.kind == .table }
    let answers = try await transaction.queryAll([
      Statement(FunctionQueries.resolution(of: named.map(\.qualifiedName)).text),
      Statement(FunctionQueries.catalogSettings.text),
    ])
    let row = answers[0].first
    let found = named.indices.compactMap { index in
      row?[index + 1].flatMap(Int.init).map { (table: named[index], oid: $0) }
    }
    let schemas = row?[0].flatMap { try? JSONTree($0.utf8) }?.root.elements.compactMap(\.string) ?? []
    return FunctionSearch(
      statement: statement, tables: found.map(\.table),
      queries: FunctionQueries(tables: found.map(\.oid), schemas: schemas), transaction: transaction)
  }

  /// The statement, and the views, policies and domains that run with it.
  func callers() async throws(PostgresError) -> [FunctionCaller] {
    let names = Set(statement.calls.attributes.map(\.name)).sorted()
    let answers = try await ask([queries.definitions, queries.columns(named: names)])
    var own = FunctionCaller(path: nil, calls: statement.calls)
    own.attributes.removeAll { isColumn($0, columns: answers[1]) }
    return try await withDomains([own] + answers[0].map(Self.caller))
  }

  /// Whether whatever may stand before the dot is a table that has a column of that name, which comes first.
  private func isColumn(_ use: AttributeUse, columns: Rows) -> Bool {
    let meant = statement.shape.tables.filter { $0.label == use.qualifier }
    return !meant.isEmpty
      && meant.allSatisfy { item in
        guard let place = tables.firstIndex(where: { $0.id == item.id }) else { return false }
        return columns.contains { $0["attname"] == use.name && $0["place", as: Int.self] == place + 1 }
      }
  }

  /// What planning an UPDATE or DELETE looks at besides.
  func writingCallers() async throws(PostgresError) -> [FunctionCaller] {
    try await withDomains(ask([queries.writingDefinitions])[0].map(Self.caller))
  }

  /// A domain's constraint may use further domains, so this goes on until none is new.
  private func withDomains(_ callers: [FunctionCaller]) async throws(PostgresError) -> [FunctionCaller] {
    var all = callers
    var new = callers
    while !new.isEmpty {
      let types = Set(new.flatMap { $0.calls?.types ?? [] }.map(\.name))
      let found = try await ask([queries.domains(named: types.sorted())])[0].map(Self.caller)
      new = found.filter { caller in !all.contains { $0.path == caller.path } }
      all += new
    }
    return all
  }

  /// The first call that may mean a function that is not allowed.
  ///
  /// - Parameter plannedOnly: the callers are planned and never run, so VOLATILE functions stay quiet.
  func rejection(
    of callers: [FunctionCaller], by policy: FunctionPolicy, plannedOnly: Bool = false
  ) async throws(PostgresError) -> FunctionRejection? {
    let lookup = FunctionLookup(callers, policy: policy, plannedOnly: plannedOnly)
    let answers = try await ask(lookup.statements(queries))
    return lookup.rejection(
      functions: answers[0], operators: answers[1], casts: answers[2], implied: answers[3])
  }

  /// A definition that the grammar of this build does not understand stays unseen; the server has accepted
  /// it, and its own functions' effects are still stopped by the read-only transaction.
  private static func caller(_ row: Row) -> FunctionCaller {
    let admitted = row["definition"].flatMap { try? StatementText($0) }.flatMap {
      try? Admission.admit($0, parameters: .notNeeded)
    }
    return FunctionCaller(path: row["path"], calls: admitted?.calls)
  }

  private func ask(_ statements: [SafeSQL]) async throws(PostgresError) -> [Rows] {
    try await transaction.queryAll(statements.map { Statement($0.text) })
  }
}
