import Catalog
import Testing

@testable import Postgres

@Suite struct EngineProbeTests {
  @Test func identifiesPostgresInOneRoundTrip() async throws {
    let session = try await makeSession()
    let identity = try await session.identify()
    #expect(identity.engine == .postgres)
    #expect(identity.version.hasPrefix("PostgreSQL \(identity.versionNumber / 10_000)."))
    #expect(identity.database == "postgres")
    #expect(identity.role == "postgres")
    #expect(!identity.isInRecovery)
    #expect(!identity.rowSecurity)
    #expect(await session.roundTrips == 1)
  }

  @Test func limitsHowLongAnIdleSessionIsKept() async throws {
    let session = try await makeSession()
    #expect(try await session.identify().isPooled == false)
    #expect(try await session.query("SHOW idle_in_transaction_session_timeout")[0][0] == "10s")
    #expect(try await session.query("SHOW idle_session_timeout")[0][0] == "30s")
  }

  @Test func saysThatRowSecurityBindsAnOrdinaryRole() async throws {
    let session = try await makeSession(script: "CREATE ROLE ordinary_role")
    _ = try await session.query("SET ROLE ordinary_role")
    #expect(try await session.identify().rowSecurity)
  }

  /// Anybody who may create a schema could take the limits off a PostgreSQL so.
  @Test func takesNoPostgreSQLWithATableOfJobsForAuroraDSQL() async throws {
    let session = try await makeSession(script: "CREATE SCHEMA sys; CREATE VIEW sys.jobs AS SELECT 1")
    #expect(try await session.identify().engine == .postgres)
  }

  @Test(arguments: [
    ("PostgreSQL 16", "t", EngineProfile.Engine.dsql), ("PostgreSQL 16", "f", .postgres),
    ("PostgreSQL 16.4 on aarch64-unknown-linux-gnu, compiled by gcc (GCC) 9.5.0, 64-bit", "t", .postgres),
  ])
  func knowsAuroraDSQLByItsJobsAndItsBareVersion(
    _ version: String, _ hasJobs: String, _ engine: EngineProfile.Engine
  ) {
    let rows = Rows(columns: ["version", "current_database"], rows: [[version, "shop"]])
    let flags = [hasJobs, "f", "f"].map {
      Result<Rows, ServerError>.success(Rows(columns: ["is"], rows: [[$0]]))
    }
    let identity = EngineProbe.identity(
      names: rows, flags: flags, limits: .success(rows), host: "db.example", versionNumber: 160_000)
    #expect(identity.engine == engine)
  }

  @Test(arguments: [
    ("abc123.dsql.us-east-1.on.aws", true), ("abc123.dsql-gamma.eu-west-1.on.aws", true),
    ("ABC.DSQL.US-EAST-1.ON.AWS", true), ("dsql.us-east-1.on.aws", false),
    ("a.b.dsql.us-east-1.on.aws", false), ("abc.dsql.us-east-1.on.aws.example.com", false),
    ("abc.xdsql.us-east-1.on.aws", false), (".dsql.us-east-1.on.aws", false),
    ("abc.dsql..on.aws", false), ("mydb.rds.amazonaws.com", false), ("/var/run/postgresql", false),
  ])
  func knowsAuroraDSQLByItsHost(_ host: String, _ isDSQL: Bool) {
    #expect(EngineProbe.isAuroraDSQL(host: host) == isDSQL)
  }
}
