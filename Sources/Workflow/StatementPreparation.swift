import Catalog
import Postgres
import Statements

/// Finds out what a statement's rewriting needs to know from the catalog.
public struct StatementPreparation: Sendable {
  let engine: EngineProfile
  let settings: [TransactionSettings.Setting]

  /// Preparation for an engine, as the application's session.
  public init(engine: EngineProfile, settings: [TransactionSettings.Setting]) {
    self.engine = engine
    self.settings = settings
  }

  /// How an UPDATE or DELETE must be rewritten: by `ctid` where its target is an ordinary table, by all
  /// columns for views and on engines without `ctid`.
  ///
  /// - Throws: the server's error.
  public func rewriteForm(
    of text: StatementText, on session: Session
  ) async throws(PostgresError) -> RewriteForm {
    guard engine.hasCtid, let names = RewriteNames(text) else { return RewriteForm(engine) }
    let settings = TransactionSettings(
      statementTimeout: .seconds(10), settings: settings, engine: engine)
    let catalog = try await session.transaction(settings) { transaction throws(PostgresError) in
      try await RewriteCatalog.ask(about: names, in: transaction)
    }
    return catalog.form
  }
}

extension RewriteForm {
  /// The form for an engine's ordinary tables.
  public init(_ engine: EngineProfile) {
    self = engine.hasCtid ? .rowIdentifiers() : .allColumns
  }
}

/// What the catalog says of a statement's relations.
private struct RewriteCatalog {
  private let names: RewriteNames
  /// The relations that exist, by their place among the names: the target's is 0.
  private let relations: [Int: Row]
  private let columns: Rows

  /// Names are looked up in the application's session, the rest is asked with an empty search path: types
  /// are printed with their schemas, and nothing stands in for the catalog's own functions.
  static func ask(
    about names: RewriteNames, in transaction: Transaction
  ) async throws(PostgresError) -> RewriteCatalog {
    let found = try await transaction.queryAll([
      Statement(FunctionQueries.resolution(of: [names.target] + names.sources).text),
      Statement(FunctionQueries.catalogSettings.text),
    ])[0].first
    let oids = (0...names.sources.count).map { place in found?[place + 1].flatMap(Int.init) ?? 0 }
    let answers = try await transaction.queryAll([
      Statement(relations(of: oids).text), Statement(columns(of: oids[0]).text),
    ])
    let rows = answers[0].compactMap { row in row["place", as: Int.self].map { ($0, row) } }
    return RewriteCatalog(
      names: names, relations: Dictionary(rows, uniquingKeysWith: { first, _ in first }), columns: answers[1])
  }

  private static func relations(of oids: [Int]) -> SafeSQL {
    let list = oids.map { oid -> SafeSQL in "\(oid)" }.joined(separator: ", ")
    return """
      SELECT t.place - 1 AS place, n.nspname, c.relkind,
        EXISTS (SELECT FROM pg_inherits i WHERE i.inhparent = c.oid) AS is_parent,
        CASE c.relkind WHEN 'v' THEN pg_get_viewdef(c.oid) END AS definition,
        EXISTS (
          SELECT FROM pg_options_to_table(c.reloptions)
          WHERE option_name = 'security_barrier' AND option_value::boolean
        ) AS is_barrier
      FROM unnest(ARRAY[\(list)]::oid[]) WITH ORDINALITY AS t(oid, place)
      JOIN pg_class c ON c.oid = t.oid JOIN pg_namespace n ON n.oid = c.relnamespace
      """
  }

  private static func columns(of target: Int) -> SafeSQL {
    """
    SELECT a.attname, format_type(a.atttypid, a.atttypmod) AS type, t.typtype = 'd' AS is_domain
    FROM pg_attribute a JOIN pg_type t ON t.oid = a.atttypid
    WHERE a.attrelid = ANY (ARRAY[\(target)]::oid[]) AND a.attnum > 0 AND NOT a.attisdropped
    """
  }

  var form: RewriteForm {
    guard let row = relations[0] else { return .rowIdentifiers(relations: identities) }
    let target = RewriteTarget(
      schema: row["nspname"] ?? "", isInherited: row.bool("is_parent") ?? false, columns: types)
    return Self.hasCtid(row)
      ? .rowIdentifiers(relations: identities, target: target)
      : .allColumns(relations: identities, target: target)
  }

  private static func hasCtid(_ row: Row) -> Bool { !["v", "f"].contains(row["relkind"]) }

  private var types: [String: AssignedType] {
    let pairs = columns.map { row in
      (row["attname"] ?? "", AssignedType(row["type"] ?? "", isDomain: row.bool("is_domain") ?? false))
    }
    return Dictionary(pairs, uniquingKeysWith: { first, _ in first })
  }

  private var identities: [QualifiedName: RowIdentity] {
    let pairs = names.sources.indices.map { place in
      (names.sources[place], relations[place + 1].map(Self.identity) ?? .ctid)
    }
    return Dictionary(pairs, uniquingKeysWith: { first, _ in first })
  }

  private static func identity(_ row: Row) -> RowIdentity {
    if let definition = row["definition"] {
      return .view(definition: definition, isBarrier: row.bool("is_barrier") ?? false)
    }
    guard hasCtid(row) else { return .wholeRow }
    return row.bool("is_parent") == true ? .ctidAndTable : .ctid
  }
}
