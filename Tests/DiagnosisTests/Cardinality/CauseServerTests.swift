import Catalog
import Testing
import ThrowawayServer

@testable import Diagnosis

/// Every cause of a wrong estimate, planted on a real server, named, and cured by what is printed.
@Suite(.serialized) struct CauseServerTests {
  private static let made = Task { try await SharedServer.shared.makeDatabase(script: schema) }

  private static let schema = """
    CREATE TABLE moves (id int PRIMARY KEY, parcel_id int, note text) WITH (autovacuum_enabled = off);
    INSERT INTO moves SELECT i, i % 40000 + 1, 'note ' || i % 7 FROM generate_series(1, 80000) i;
    CREATE INDEX moves_parcel_id_idx ON moves (parcel_id);
    ANALYZE moves;
    CREATE TABLE fresh (id int PRIMARY KEY, town text, zip text, hub int, code text) WITH (autovacuum_enabled = off);
    INSERT INTO fresh SELECT i, 'town ' || i % 40, 'zip ' || i % 40, i % 50, 'c' || i / 50 % 60 FROM generate_series(1, 40000) i;
    ANALYZE fresh;

    CREATE TABLE loaded (id int PRIMARY KEY, kind text) WITH (autovacuum_enabled = off);
    INSERT INTO loaded SELECT i, 'old ' || i % 4 FROM generate_series(1, 36000) i;
    ANALYZE loaded;
    INSERT INTO loaded SELECT i, 'new' FROM generate_series(36001, 40000) i;
    CREATE TABLE turned (id int PRIMARY KEY, state text) WITH (autovacuum_enabled = off);
    INSERT INTO turned SELECT i, CASE WHEN i % 400 = 0 THEN 'open' ELSE 'done' END FROM generate_series(1, 40000) i;
    ANALYZE turned;
    UPDATE turned SET state = 'open' WHERE id > 30000;
    CREATE TABLE never (id int PRIMARY KEY, a int, b int) WITH (autovacuum_enabled = off);
    INSERT INTO never SELECT i, i % 4, i % 3 FROM generate_series(1, 40000) i;

    CREATE TABLE places (id int PRIMARY KEY, town text, zip text) WITH (autovacuum_enabled = off);
    INSERT INTO places SELECT i, 'town ' || i % 40, 'zip ' || i % 40 FROM generate_series(1, 40000) i;
    ANALYZE places;
    CREATE TABLE models (id int PRIMARY KEY, maker int, model int, line int) WITH (autovacuum_enabled = off);
    INSERT INTO models SELECT i, i % 125, i % 125 * 3, i % 125 + 7 FROM generate_series(1, 40000) i;
    ANALYZE models;
    CREATE TABLE spans (id int PRIMARY KEY, low int, high int) WITH (autovacuum_enabled = off);
    INSERT INTO spans SELECT i, i % 90, i % 90 + 5 FROM generate_series(1, 40000) i;
    ANALYZE spans;

    CREATE TABLE dealers (id int PRIMARY KEY, dealer int) WITH (autovacuum_enabled = off);
    INSERT INTO dealers SELECT i, CASE WHEN i % 4 < 3 THEN i * 7 % 30 ELSE 100 + i END FROM generate_series(1, 40000) i;
    ALTER TABLE dealers ALTER dealer SET STATISTICS 4;
    ANALYZE dealers;
    CREATE TABLE tenants (id int PRIMARY KEY, tenant text) WITH (autovacuum_enabled = off);
    INSERT INTO tenants SELECT i, 't' || (CASE WHEN i % 5 > 0 THEN i * 11 % 12 ELSE 1000 + i END) FROM generate_series(1, 40000) i;
    ALTER TABLE tenants ALTER tenant SET STATISTICS 3;
    ANALYZE tenants;

    CREATE TABLE scans (id int PRIMARY KEY, place int, note text) WITH (autovacuum_enabled = off);
    INSERT INTO scans SELECT i, i % 40000 + 1, 'note ' || i % 7 FROM generate_series(1, 80000) i;
    CREATE INDEX scans_place_idx ON scans (place);
    ALTER TABLE scans ALTER place SET (n_distinct = 90), ALTER place SET STATISTICS 10;
    CREATE TABLE picked (id int);
    INSERT INTO picked SELECT i * 1000 FROM generate_series(1, 20) i;
    CREATE TABLE sessions (id int PRIMARY KEY, device int, app text) WITH (autovacuum_enabled = off);
    INSERT INTO sessions SELECT i, i % 50, repeat('a', 60) FROM generate_series(1, 40000) i;
    ALTER TABLE sessions ALTER device SET (n_distinct = 30000);
    ANALYZE scans; ANALYZE picked; ANALYZE sessions;

    CREATE TABLE kinds (kind_id int PRIMARY KEY, code text);
    INSERT INTO kinds SELECT i, 'kind ' || i FROM generate_series(1, 40) i;
    CREATE TABLE bulky (id int PRIMARY KEY, kind_id int) WITH (autovacuum_enabled = off);
    INSERT INTO bulky SELECT i, CASE WHEN i % 5 < 3 THEN 1 ELSE 2 + i % 38 END FROM generate_series(1, 40000) i;
    CREATE TABLE late (id int PRIMARY KEY, note text) WITH (autovacuum_enabled = off);
    INSERT INTO late SELECT i, CASE WHEN i > 79700 THEN 'late' ELSE 'note ' || i % 7 END FROM generate_series(1, 80000) i;
    ANALYZE kinds; ANALYZE bulky; ANALYZE late;

    CREATE TABLE guessed (id int PRIMARY KEY, a int, b int, name text) WITH (autovacuum_enabled = off);
    INSERT INTO guessed SELECT i, i % 1000, CASE WHEN i % 10 = 0 THEN i % 1000 ELSE -1 END, 'Name ' || i % 8
    FROM generate_series(1, 40000) i;
    ANALYZE guessed;
    CREATE FUNCTION due(since int) RETURNS SETOF int STABLE LANGUAGE plpgsql ROWS 5 AS
      'BEGIN RETURN QUERY SELECT generate_series(1, 3000); END';
    """

  private static func loop(_ table: String, _ condition: String) -> String {
    "SELECT count(*) FROM \(table) p JOIN moves m ON m.parcel_id = p.id WHERE \(condition)"
  }

  struct Dress: Sendable, CustomTestStringConvertible {
    var rule: RuleName
    /// What is joined to its moves.
    var table: String
    var condition: String
    var distinct: [String] = []
    var testDescription: String { "\(rule.text): \(condition)" }
  }

  private static let dresses = [
    Dress(rule: StaleStatistics.name, table: "loaded", condition: "p.kind = 'new'"),
    Dress(rule: StaleStatistics.name, table: "turned", condition: "p.state = 'open'"),
    Dress(rule: StaleStatistics.name, table: "never", condition: "p.a = 1 AND p.b = 2"),
    Dress(
      rule: CorrelatedPredicates.name, table: "places", condition: "p.town = 'town 7' AND p.zip = 'zip 7'"),
    Dress(
      rule: CorrelatedPredicates.name, table: "models",
      condition: "p.maker = 7 AND p.model = 21 AND p.line = 14"),
    Dress(
      rule: CorrelatedPredicates.name, table: "spans", condition: "p.low < 3 AND p.high < 8",
      distinct: ["low", "high"]),
    Dress(rule: Skew.name, table: "dealers", condition: "p.dealer = DEALER"),
    Dress(rule: Skew.name, table: "tenants", condition: "p.tenant = 'TENANT'"),
    Dress(
      rule: OpaqueEstimate.name, table: "guessed", condition: "lower(p.name) = 'name 3' AND (p.id % 3) = 1"),
    Dress(
      rule: OpaqueEstimate.name, table: "guessed", condition: "upper(p.name) = 'NAME 4' AND (p.id % 7) = 1"),
  ]

  /// A value that the column's list of common values does not have, though it is a frequent one.
  private static func unlisted(_ condition: String, in database: ThrowawayDatabase) async throws -> String {
    func value(_ table: String, _ column: String) async throws -> String {
      let answer = try await database.run(
        sql: """
          SELECT \(column) FROM \(table) WHERE NOT \(column)::text = ANY ((SELECT most_common_vals::text::text[]
          FROM pg_stats WHERE tablename = '\(table)' AND attname = '\(column)')::text[])
          GROUP BY 1 ORDER BY count(*) DESC, 1 LIMIT 1
          """)
      return String(answer.dropLast())
    }
    if condition.contains("DEALER") {
      return condition.replacing("DEALER", with: try await value("dealers", "dealer"))
    }
    guard condition.contains("TENANT") else { return condition }
    return condition.replacing("TENANT", with: try await value("tenants", "tenant"))
  }

  @Test(arguments: dresses) func namesTheCauseAndPrintsWhatCuresIt(_ dress: Dress) async throws {
    let database = try await Self.made.value
    let condition = try await Self.unlisted(dress.condition, in: database)
    let live = try await LiveDiagnosis(
      Self.loop(dress.table, condition), in: database,
      distinct: dress.distinct.isEmpty ? [] : [(dress.table, dress.distinct)])
    let finding = try #require(live.first)
    #expect(finding.rule == dress.rule, "\(finding.title) \(finding.cause.explanation)")
    let probe = "SELECT * FROM \(dress.table) p WHERE \(condition)"
    #expect(try await LiveDiagnosis.error(of: probe, in: database) >= 5)
    let statements = try live.statements(of: finding)
    for statement in statements { try await database.run(sql: statement) }
    #expect(try await LiveDiagnosis.error(of: probe, in: database) < 2, "\(statements)")
  }

  private static let healthy = [
    loop("fresh", "p.town = 'town 7'"), loop("fresh", "p.hub = 7 AND p.code = 'c7'"),
    loop("fresh", "p.code = 'c3' AND p.hub IN (3, 13)"), loop("fresh", "p.id BETWEEN 700 AND 900"),
    "SELECT hub, count(*) FROM fresh GROUP BY hub",
    "SELECT m.note FROM picked k JOIN moves m ON m.parcel_id = k.id",
    "SELECT p.id FROM fresh p ORDER BY p.id LIMIT 10",
  ]

  @Test(arguments: healthy) func saysNothingOfEstimatesThatAreRight(_ sql: String) async throws {
    let live = try await LiveDiagnosis(sql, in: try await Self.made.value)
    let found = RuleRegistry.examine(live.query)
    #expect(live.query.diagnosedEstimates.isEmpty, "\(found.findings.map(\.title))")
    #expect(!found.gaps.contains(.noStatistics))
  }

  @Test func countsTheKeysThatAJoinDividesBy() async throws {
    let database = try await Self.made.value
    let sql = "SELECT s.note FROM picked k JOIN scans s ON s.place = k.id"
    let live = try await LiveDiagnosis(sql, in: database, distinct: [("scans", ["place"])])
    let finding = try #require(live.first)
    #expect(finding.rule == WrongNDistinct.name, "\(finding.title)")
    for statement in try live.statements(of: finding) { try await database.run(sql: statement) }
    #expect(try await LiveDiagnosis.error(of: sql, in: database) < 2)
  }

  @Test func countsTheGroupsThatWereSortedForWantOfMemory() async throws {
    let database = try await Self.made.value
    let sql = "SELECT device, count(*) FROM sessions GROUP BY device"
    func explained() async throws -> LiveDiagnosis {
      try await LiveDiagnosis(
        sql, in: database, settings: "SET work_mem = '64kB';", distinct: [("sessions", ["device"])])
    }
    // What the sort took is little, and on a busy machine the scan below it may take twenty times as much.
    var (live, finding) = (try await explained(), Finding?.none)
    for _ in 1...5 {
      finding = RuleRegistry.examine(live.query).findings.first { $0.rule == WrongNDistinct.name }
      if finding != nil { break }
      live = try await explained()
    }
    for statement in try live.statements(of: try #require(finding)) { try await database.run(sql: statement) }
    #expect(try await LiveDiagnosis.error(of: sql, in: database) < 2)
  }

  @Test func tellsThePlannerHowManyRowsAFunctionReturns() async throws {
    let database = try await Self.made.value
    let sql = "SELECT count(*) FROM due(3) d(id) JOIN moves m ON m.parcel_id = d.id"
    let function = FunctionEvidence(
      name: QualifiedName(schema: "public", name: "due"), arguments: "since integer", rows: 5, cost: 100,
      volatility: .stable, language: "plpgsql")
    let live = try await LiveDiagnosis(sql, in: database, functions: [function])
    // The table was never vacuumed, which may cost as much.
    let finding = try #require(
      RuleRegistry.examine(live.query).findings.first { $0.rule == OpaqueEstimate.name })
    for statement in try live.statements(of: finding) { try await database.run(sql: statement) }
    #expect(try await LiveDiagnosis.error(of: "SELECT * FROM due(3)", in: database) < 2)
  }

  @Test(arguments: ["kind 1", "kind 5"])
  func tellsAFrequentKeyFromAnAverageOne(_ code: String) async throws {
    let sql = """
      SELECT count(*) FROM kinds k JOIN bulky p ON p.kind_id = k.kind_id JOIN moves m ON m.parcel_id = p.id
      WHERE k.code = '\(code)'
      """
    let live = try await LiveDiagnosis(sql, in: try await Self.made.value)
    #expect(live.first?.rule == (code == "kind 1" ? JoinSelectivity.name : nil))
  }

  @Test(arguments: [
    ("SELECT id FROM late WHERE note = 'late' ORDER BY id LIMIT 5", true),
    ("SELECT EXISTS (SELECT 1 FROM late WHERE note = 'late' AND id > 10)", true),
    ("SELECT min(id) FROM late WHERE note = 'late'", true),
    ("SELECT id FROM late WHERE note = 'late' ORDER BY id DESC LIMIT 5", false),
    ("SELECT min(id) FROM late WHERE note = 'note 3'", false),
  ])
  func seesHowFarAScanWentForAFewRows(_ sql: String, isFar: Bool) async throws {
    let live = try await LiveDiagnosis(sql, in: try await Self.made.value)
    #expect((live.first?.rule == RowGoal.name) == isFar, "\(live.query.plan.nodes.map(\.label))")
  }

  @Test func givesAComparisonOfColumnsStatisticsThatIsTrueLooksUp() async throws {
    let database = try await Self.made.value
    let live = try await LiveDiagnosis(Self.loop("guessed", "p.a = p.b AND p.id < 8000"), in: database)
    let finding = try #require(live.first)
    #expect(finding.rule == OpaqueEstimate.name, "\(finding.title)")
    for statement in try live.statements(of: finding) { try await database.run(sql: statement) }
    let probe = "SELECT * FROM guessed WHERE (a = b) IS TRUE"
    #expect(try await LiveDiagnosis.error(of: probe, in: database) < 2)
    #expect(
      finding.remedies.contains {
        $0.action
          == .changeStatement(
            "Write the condition as `((a = b)) IS TRUE`: in this form the planner looks its statistics up.")
      })
  }
}
