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
  /// - Throws: the server's error; the statement is known to be admissible.
  public func rewriteForm(
    of text: StatementText, on session: Session
  ) async throws(PostgresError) -> RewriteForm {
    let assumed = RewriteForm(engine)
    guard engine.hasCtid, let statement = try? Admission.admit(text, parameters: .notNeeded, form: assumed),
      statement.origin != .select
    else { return assumed }
    let tables = Self.tables(of: statement)
    let withoutCtid = try await relationsWithoutCtid(tables.map(\.qualifiedName), on: session)
    // The rewriter places the target last among the tables of the statement itself.
    let target = tables.last { $0.block == 0 }
    if let target, withoutCtid.contains(target.qualifiedName) { return .allColumns }
    return .rowIdentifiers(notIn: withoutCtid)
  }

  /// Views, foreign tables and whatever else has no `ctid`, named as the statement names them.
  private func relationsWithoutCtid(
    _ names: [QualifiedName], on session: Session
  ) async throws(PostgresError) -> Set<QualifiedName> {
    let settings = TransactionSettings(
      statementTimeout: .seconds(10), settings: settings, engine: engine)
    let answers = try await session.transaction(settings) { transaction throws(PostgresError) in
      try await transaction.queryAll(names.map(Self.question))
    }
    return Set(zip(names, answers).filter { $1.first?.bool("lacks") == true }.map(\.0))
  }

  private static func tables(of statement: AdmittedStatement) -> [TableReference] {
    statement.shape.tables.filter { $0.kind == .table }
  }

  private static func question(_ name: QualifiedName) -> Statement {
    let sql: SafeSQL = """
      SELECT relkind OPERATOR(pg_catalog.=) ANY ('{v,f}'::pg_catalog."char"[]) AS lacks FROM pg_catalog.pg_class
      WHERE oid OPERATOR(pg_catalog.=) pg_catalog.to_regclass(\(SQLLiteral(name.quoted)))::pg_catalog.oid
      """
    return Statement(sql.text)
  }

  /// What is asked about a statement's tables.
  static func questions(of statement: AdmittedStatement) -> [Statement] {
    tables(of: statement).map(\.qualifiedName).map(question)
  }
}

extension RewriteForm {
  /// The form for an engine's ordinary tables.
  public init(_ engine: EngineProfile) {
    self = engine.hasCtid ? .rowIdentifiers() : .allColumns
  }
}
