import Catalog
import Postgres
import Statements

/// The views behind a statement, by their text: for servers that show no `pg_rewrite` or `pg_proc`.
struct ViewTexts {
  private let transaction: Transaction

  init(_ transaction: Transaction) { self.transaction = transaction }

  /// Every view that the statement may read, directly or through others.
  func callers(behind statement: AdmittedStatement) async throws(PostgresError) -> [FunctionCaller] {
    var found: [String: FunctionCaller] = [:]
    var names = statement.calls.relations.map(\.name).distinct
    while !names.isEmpty {
      let rows = try await transaction.query(Self.definitions(of: names).text)
      names = []
      for row in rows {
        let name = QualifiedName(schema: row["schemaname"], name: row["viewname"] ?? "")
        guard found[name.quoted] == nil else { continue }
        let caller = FunctionCaller(.view, name, in: nil, text: row["definition"] ?? "")
        found[name.quoted] = caller
        names += caller?.calls?.relations.map(\.name) ?? []
      }
    }
    return found.sorted { $0.key < $1.key }.map(\.value)
  }

  /// The views of these names in all schemas but the server's own.
  private static func definitions(of names: [String]) -> SafeSQL {
    let list = names.map { name -> SafeSQL in "\(SQLLiteral(name))" }
    return """
      SELECT schemaname, viewname, definition FROM pg_catalog.pg_views
      WHERE schemaname NOT IN ('pg_catalog', 'information_schema') AND viewname IN (\(list.joined(separator: ", ")))
      """
  }
}
