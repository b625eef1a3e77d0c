import Catalog
import JSONTree
import Postgres
import Statements

/// Searches the catalog, inside one transaction, for everything that a statement may call.
struct FunctionSearch {
  private let statement: AdmittedStatement
  /// The statement's tables that exist, one for each of the first OIDs of the queries.
  private let tables: [TableReference]
  private let queries: FunctionQueries
  private let transaction: Transaction

  /// Finds out what the statement's names mean in the application's session, and leaves its search path.
  static func start(
    for statement: AdmittedStatement, in transaction: Transaction
  ) async throws(PostgresError) -> FunctionSearch {
    let named = statement.shape.tables.filter { $0.kind == .table }
    let others = statement.calls.relations(besides: statement.shape)
    let answers = try await transaction.queryAll([
      Statement(FunctionQueries.resolution(of: named.map(\.qualifiedName) + others).text),
      Statement(FunctionQueries.catalogSettings.text),
    ])
    let row = answers[0].first
    let oids = (0..<named.count + others.count).map { row?[$0 + 1].flatMap(Int.init) }
    let found = named.indices.filter { oids[$0] != nil }
    let path = row?[0].flatMap { try? JSONTree($0.utf8) }?.root.elements.compactMap(\.string) ?? []
    // Tables and types are looked up among the temporary ones first, functions and operators never.
    let schemas = path.filter { !$0.hasPrefix("pg_temp_") }
    return FunctionSearch(
      statement: statement, tables: found.map { named[$0] },
      queries: FunctionQueries(tables: oids.compactMap(\.self), schemas: schemas), transaction: transaction)
  }

  /// The statement, and the views, policies and domains that run with it.
  ///
  /// - Parameter parameters: their types' functions count too, as for the casts to JSON.
  func callers(with parameters: BoundParameters) async throws(PostgresError) -> [FunctionCaller] {
    let names = Set(statement.calls.attributes.map(\.name)).sorted()
    let answers = try await ask([queries.definitions, queries.columns(named: names)])
    var own = caller(with: parameters)
    own.attributes.removeAll { isColumn($0, columns: answers[1]) }
    own.rows = rows
    let definitions = answers[0].map(FunctionCaller.init)
    return try await closed([own] + evidence + definitions, plannedWith: answers[0])
  }

  private func caller(with parameters: BoundParameters) -> FunctionCaller {
    var own = FunctionCaller(path: nil, calls: statement.calls)
    own.signature = parameters.all.compactMap { $0.type.map { Int($0.oid) } }
    return own
  }

  /// What the evidence queries call, which run on the application's search path: where that leads elsewhere
  /// before `pg_catalog`, what hides the server's own must pass too.
  private var evidence: [FunctionCaller] {
    guard queries.schemas.first != "pg_catalog" else { return [] }
    let caller = FunctionCaller(
      .function, QualifiedName(schema: nil, name: "count"), in: "evidence",
      text: "SELECT count(*), count(a) FROM t WHERE a = b AND a <> b AND a <= b AND a >= b AND a LIKE b")
    return [caller].compactMap(\.self)
  }

  /// Labels that always mean a whole row: those of a function's result may mean its one value.
  private var rows: Set<String> {
    let items = statement.shape.tables.filter { !$0.label.isEmpty }
    let others = items.filter { item in
      switch item.kind {
      case .table, .cte, .subquery: false
      case .function, .other: true
      }
    }
    return Set(items.map(\.label)).subtracting(others.map(\.label))
  }

  /// Whether whatever may stand before the dot is a table that has a column of that name, which comes first.
  private func isColumn(_ use: AttributeUse, columns: Rows) -> Bool {
    let meant = statement.shape.tables.filter { $0.label == use.qualifier }
    return !meant.isEmpty && use.qualifier.map(statement.calls.joinAliases.contains) != true
      && meant.allSatisfy { item in
        // Under other names a table's columns hide nothing.
        guard item.columnAliases.isEmpty, let place = tables.firstIndex(where: { $0.id == item.id }) else {
          return false
        }
        return columns.contains { $0["attname"] == use.name && $0["place", as: Int.self] == place + 1 }
      }
  }

  /// The functions in definitions that are only planned, with where they stand: those in SQL are written
  /// out, and what stands on constants in them is folded.
  private func places(in definitions: Rows) -> [Int: String] {
    var places: [Int: String] = [:]
    for row in definitions where row["use"] != "run" {
      for function in StoredExpression(row["tree"] ?? "").functions { places[function] = row["path"] }
    }
    return places
  }

  private func body(_ row: Row, in place: String?) -> FunctionCaller? {
    let name = QualifiedName(schema: row["nspname"], name: row["proname"] ?? "")
    var caller = FunctionCaller.body((row["tree"], row["prosrc"] ?? ""), of: name, in: place)
    caller?.signature = (row["types"] ?? "").split(separator: " ").compactMap { Int($0) }
    return caller
  }

  /// What planning an UPDATE or DELETE looks at besides, and the admitted statement itself: what it assigns
  /// is cast to the columns' types.
  func writingCallers(with parameters: BoundParameters) async throws(PostgresError) -> [FunctionCaller] {
    let definitions = try await ask([queries.writingDefinitions])[0].map(FunctionCaller.init)
    var own = caller(with: parameters)
    own.typeNames += own.attributes.map(\.name)
    own.attributes = []
    return try await closed([own] + definitions)
  }

  /// With the domains that values may be of and the functions that are written out: these may use further
  /// ones, so this goes on until none is new.
  private func closed(
    _ callers: [FunctionCaller], plannedWith definitions: Rows = Rows(columns: [], rows: [])
  ) async throws(PostgresError) -> [FunctionCaller] {
    let places = places(in: definitions)
    var all = callers
    while true {
      let seeds = TypeSeeds(all)
      let answers = try await ask([
        queries.domains(seeds), queries.bodies(of: places.keys.sorted(), seeds),
      ])
      let bodies = answers[1].compactMap { row in
        body(row, in: row["oid", as: Int.self].flatMap { places[$0] })
      }
      let new = (answers[0].map(FunctionCaller.init) + bodies).filter { caller in
        !all.contains { $0.path == caller.path && $0.signature == caller.signature }
      }
      if new.isEmpty { return all }
      all += new
    }
  }

  /// The first call that may mean a function that is not allowed, and all functions that were looked at.
  ///
  /// What is allowed may bring in more: defaults of its arguments, and the bodies by which it is judged.
  ///
  /// - Parameter plannedOnly: the callers are planned and never run, so VOLATILE functions stay quiet.
  func judge(
    _ callers: [FunctionCaller], by policy: FunctionPolicy, plannedOnly: Bool = false
  ) async throws(PostgresError) -> (rejection: FunctionRejection?, seen: Set<QualifiedName>) {
    var all = callers
    var included = IncludedCode()
    while true {
      if let name = try await ambiguousName(in: all) { return (.ambiguous(name), []) }
      let answers = try await ask(FunctionLookup.statements(all, queries, writing: plannedOnly))
      let lookup = FunctionLookup(all, answers, policy: policy, plannedOnly: plannedOnly)
      let rejection = lookup.rejection()
      let new = rejection == nil ? included.add(lookup.reached, by: policy) : []
      guard !new.isEmpty else {
        return (rejection, Set(answers.joined().map { FunctionRow($0).candidate.qualifiedName }))
      }
      all = try await closed(all + new)
    }
  }

  private func ambiguousName(in callers: [FunctionCaller]) async throws(PostgresError) -> String? {
    let spelling = NameSpelling(callers)
    guard !spelling.names.isEmpty else { return nil }
    return spelling.ambiguous(try await ask([FunctionQueries.spellings(of: spelling.names)])[0].first)
  }

  private func ask(_ statements: [SafeSQL]) async throws(PostgresError) -> [Rows] {
    try await transaction.queryAll(statements.map { Statement($0.text) })
  }
}

extension TypeSeeds {
  /// What the callers may bring in.
  init(_ callers: [FunctionCaller]) {
    let calls = callers.compactMap(\.calls)
    self.init(
      types: (calls.flatMap(\.types).map(\.name) + callers.flatMap(\.typeNames)).distinct,
      functions: calls.flatMap(\.functions).map(\.name).distinct,
      attributes: callers.flatMap(\.attributes).map(\.name).distinct,
      operators: calls.flatMap(\.operators).map(\.name).distinct,
      oids: callers.flatMap(\.stored.types).filter {
        $0 >= FunctionQueries.firstUserOID || FunctionQueries.jsonTypes.contains($0)
      }.distinct,
      signatures: callers.flatMap(\.signature).distinct,
      functionOIDs: callers.flatMap(\.stored.functions).distinct,
      hasSubscripts: calls.contains(where: \.hasSubscripts)
    )
  }
}

extension Sequence where Element: Hashable & Comparable {
  /// Each once, in order, so that the text of a question does not depend on the order of calls.
  var distinct: [Element] { Set(self).sorted() }
}
