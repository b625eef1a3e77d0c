import JSONTree
import Postgres
import Statements

/// Something that calls functions.
struct FunctionCaller {
  /// `view public.v`, `policy p on public.t`, `domain public.d`; `nil` for the statement itself.
  let path: String?
  /// What it calls by name; `nil` where that cannot be read.
  let calls: CalledNames?
}

/// Searches the catalog, inside one transaction, for everything that a statement may call.
struct FunctionSearch {
  private let statement: AdmittedStatement
  private let queries: FunctionQueries
  private let transaction: Transaction

  /// Finds out what the statement's names mean in the application's session, and leaves its search path.
  static func start(
    for statement: AdmittedStatement, in transaction: Transaction
  ) async throws(PostgresError) -> FunctionSearch {
    let tables = statement.shape.tables.filter { $0.kind == .table }.map(\.qualifiedName)
    let answers = try await transaction.queryAll([
      Statement(FunctionQueries.resolution(of: tables).text),
      Statement(FunctionQueries.emptySearchPath.text),
    ])
    let row = answers[0].first
    let oids = tables.indices.compactMap { row?[$0 + 1].flatMap(Int.init) }
    let schemas = row?[0].flatMap { try? JSONTree($0.utf8) }?.root.elements.compactMap(\.string) ?? []
    return FunctionSearch(
      statement: statement, queries: FunctionQueries(tables: oids, schemas: schemas), transaction: transaction
    )
  }

  /// The statement, and the views, policies and domains that run with it.
  func callers() async throws(PostgresError) -> [FunctionCaller] {
    let own = FunctionCaller(path: nil, calls: statement.calls)
    let definitions = try await ask([queries.definitions])[0]
    return try await withDomains([own] + definitions.map(Self.caller))
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
      let types = new.flatMap { $0.calls?.types ?? [] }.map(\.name)
      let found = try await ask([queries.domains(named: types)])[0].map(Self.caller)
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
    return lookup.rejection(functions: answers[0], operators: answers[1], casts: answers[2])
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
