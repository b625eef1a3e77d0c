import Catalog
import Foundation
import PlanModel
import Postgres
import Testing
import ThrowawayServer

@testable import Diagnosis
@testable import Workflow

/// What the catalogs say about tables, their statistics, keys and functions.
@Suite(.serialized) struct CatalogFactsTests {
  private static let made = Task { try await LoggedServer.makeDatabase(script: script) }

  private static let script = """
    CREATE TABLE customer (id int PRIMARY KEY, region int NOT NULL, email varchar(40), title text COLLATE "en-x-icu");
    CREATE TABLE sale (id int, customer_id int REFERENCES customer, shop_id bigint, city text, zip text, note text)
      WITH (autovacuum_enabled = false, fillfactor = 90);
    CREATE TABLE shop (id bigint PRIMARY KEY, seller int REFERENCES customer (id));
    ALTER TABLE sale ADD FOREIGN KEY (shop_id) REFERENCES shop;
    CREATE INDEX shop_seller ON shop (seller, id);
    ALTER TABLE sale ALTER COLUMN city SET (n_distinct = -0.25);
    INSERT INTO customer SELECT i, i % 10, 'A' || i || '@x', 'T' || i % 7 FROM generate_series(1, 500) i;
    INSERT INTO shop SELECT i, 1 + i % 500 FROM generate_series(1, 40) i;
    INSERT INTO sale SELECT i, 1 + i % 500, 1 + i % 40, 'city' || i % 100, 'zip' || i % 50, 'n' || i FROM generate_series(1, 4000) i;
    CREATE INDEX sale_city ON sale (city text_pattern_ops, zip DESC NULLS LAST);
    CREATE INDEX customer_email ON customer (lower(email));
    CREATE STATISTICS sale_places (ndistinct, dependencies, mcv) ON city, zip FROM sale;
    CREATE STATISTICS sale_note ON (length(note)) FROM sale;
    CREATE TABLE part (id int, kind text) PARTITION BY RANGE (id);
    CREATE TABLE part_low PARTITION OF part FOR VALUES FROM (0) TO (1000) PARTITION BY LIST (kind);
    CREATE TABLE part_low_a PARTITION OF part_low FOR VALUES IN ('a');
    CREATE TABLE part_low_b PARTITION OF part_low FOR VALUES IN ('b');
    CREATE TABLE part_high PARTITION OF part FOR VALUES FROM (1000) TO (9000);
    INSERT INTO part SELECT i, CASE WHEN i % 2 = 0 THEN 'a' ELSE 'b' END FROM generate_series(1, 3000) i;
    CREATE FUNCTION big_sales(int) RETURNS SETOF int LANGUAGE sql STABLE ROWS 77 COST 5 PARALLEL SAFE
      AS 'SELECT id FROM sale WHERE customer_id = $1';
    CREATE FUNCTION is_odd(int) RETURNS boolean LANGUAGE plpgsql IMMUTABLE COST 333 AS 'BEGIN RETURN $1 % 2 = 1; END';
    CREATE EXTENSION pg_trgm;
    ANALYZE;
    CREATE ROLE facts_reader LOGIN; GRANT SELECT ON sale, customer TO facts_reader;
    CREATE ROLE facts_nobody LOGIN; GRANT SELECT (id) ON sale TO facts_nobody;
    """

  private static let sale = QualifiedName(schema: "public", name: "sale")
  private static let customer = QualifiedName(schema: "public", name: "customer")

  private func book(
    _ sql: String, role: String = "postgres", allowing: Set<String> = []
  ) async throws -> EvidenceBook {
    try await LoggedSession(Self.made.value, role: role).session.catalogEvidence(of: sql, allowing: allowing)
      .book
  }

  @Test func readsWhatWasSetOnTablesAndColumns() async throws {
    let book = try await book("SELECT * FROM sale WHERE city = 'city3'")
    let sale = try #require(book.relation(Self.sale))
    #expect(Set(sale.statistics.options) == ["autovacuum_enabled=false", "fillfactor=90"])
    #expect(sale.column("city")?.nDistinctOption == -0.25)
    #expect(sale.column("zip")?.nDistinctOption == nil)
    #expect(sale.columns.map(\.name) == ["id", "customer_id", "shop_id", "city", "zip", "note"])
    #expect(sale.columns.filter(\.isTested).map(\.name) == ["city"])
  }

  /// Values are customer data: of columns that the plan does not test none leaves the server.
  @Test func readsValuesOfTestedColumnsAlone() async throws {
    let book = try await book(
      "SELECT * FROM sale s JOIN customer c ON c.id = s.customer_id WHERE s.city = 'city3'")
    let columns = book.relations.flatMap { relation in relation.columns.map { (relation.name.name, $0) } }
    let withValues = columns.filter {
      ($0.1.distribution?.histogramBounds.count ?? 0) + ($0.1.distribution?.mostCommonValues.count ?? 0) > 0
    }
    #expect(
      Set(withValues.map { "\($0.0).\($0.1.name)" }) == ["sale.city", "sale.customer_id", "customer.id"])
    #expect(columns.allSatisfy { ($0.1.distribution?.avgWidth ?? 0) > 0 })
  }

  @Test func namesTheCollationsThatDifferFromTheDatabases() async throws {
    let book = try await book("SELECT * FROM customer WHERE title = 'T3'")
    #expect(book.relation(Self.customer)?.column("title")?.collation == "en-x-icu")
    #expect(book.relation(Self.customer)?.column("email")?.collation == nil)
    #expect(
      book.database.collation
        == (try await Self.made.value.run(
          sql: "SELECT datcollate FROM pg_database WHERE datname = current_database()")).trimmed)
  }

  @Test func readsStatisticsOverSeveralColumns() async throws {
    let sale = try #require(try await book("SELECT * FROM sale WHERE city = 'city3'").relation(Self.sale))
    let places = try #require(sale.extendedStatistics?.first { $0.name == "public.sale_places" })
    #expect(places.columns == ["city", "zip"])
    #expect(places.distinct == [["city", "zip"]: 100])
    #expect(places.dependencies.contains(FunctionalDependency(from: ["city"], to: "zip", degree: 1)))
    #expect(places.hasCommonCombinations)
    #expect(try await book("SELECT * FROM customer").relation(Self.customer)?.extendedStatistics == [])
  }

  @Test func readsStatisticsOfExpressionsWithTheirTypes() async throws {
    let book = try await book(
      "SELECT * FROM sale JOIN customer ON customer.id = customer_id WHERE length(note) = 3")
    let note = try #require(book.relation(Self.sale)?.expressions.first)
    #expect(note.name == "length(note)" && note.type == "integer" && note.distribution?.nDistinct == 4)
    let email = try #require(book.relation(Self.customer)?.expressions.first)
    #expect(email.name == "lower(email::text)" && email.type == "text")
    #expect(email.distribution?.nDistinct == -1 && email.distribution?.histogramBounds.isEmpty == false)
  }

  @Test func readsForeignKeysOfBothSidesAndWhetherTheyAreIndexed() async throws {
    let book = try await book("SELECT * FROM customer WHERE id = 3")
    let keys = try #require(book.relation(Self.customer)?.foreignKeys)
    #expect(keys.map(\.name) == ["sale_customer_id_fkey", "shop_seller_fkey"])
    #expect(keys.map(\.isIndexed) == [false, true])
    #expect(keys.map(\.rows) == [4_000, 40])
    #expect(
      keys[0].table == Self.sale && keys[0].columns == ["customer_id"] && keys[0].referencedColumns == ["id"])
    let sale = try #require(try await self.book("SELECT * FROM sale").relation(Self.sale)?.foreignKeys)
    #expect(sale.map(\.referencedTable.name) == ["customer", "shop"])
  }

  @Test func readsOperatorClassesThatAreNotTheDefault() async throws {
    let sale = try #require(try await book("SELECT * FROM sale").relation(Self.sale))
    let keys = try #require(sale.indexes?.first { $0.name == "sale_city" }?.keys)
    #expect(
      keys == [
        IndexKey("city", operatorClass: "text_pattern_ops"),
        IndexKey("zip", isDescending: true, nullsFirst: false),
      ])
  }

  @Test func readsPartitionsWithTheirParentsAndKeys() async throws {
    let book = try await book("SELECT * FROM part p WHERE p.kind = 'a' ORDER BY p.id")
    let parent = try #require(book.relation(QualifiedName(schema: "public", name: "part")))
    #expect(parent.statistics.kind == .partitionedTable && parent.statistics.partitionKey == "RANGE (id)")
    #expect(parent.column("kind")?.distribution?.mostCommonValues.count == 2)
    #expect(parent.column("id")?.isTested == true)
    let low = try #require(book.relation(QualifiedName(schema: "public", name: "part_low")))
    #expect(low.statistics.partitionKey == "LIST (kind)" && low.statistics.parent == parent.name)
    let leaf = try #require(book.relation(QualifiedName(schema: "public", name: "part_low_a")))
    #expect(leaf.statistics.kind == .partition && leaf.statistics.partitionKey == "LIST (kind)")
    #expect(leaf.column("id")?.isTested == true)
  }

  @Test func readsExtensionsAndTypesThatCanBeCompared() async throws {
    let facts = try await book("SELECT * FROM sale WHERE shop_id = 3").database
    #expect(facts.extensions.isSuperset(of: ["plpgsql", "pg_trgm"]))
    #expect(facts.availableExtensions?.isSuperset(of: ["plpgsql", "pg_trgm", "pg_stat_statements"]) == true)
    #expect(facts.comparableTypes?.contains(TypePair("bigint", "integer")) == true)
    #expect(facts.comparableTypes?.contains(TypePair("bigint", "numeric")) == false)
  }

  @Test func readsFunctionsThatSomebodyMade() async throws {
    let functions = try await book(
      "SELECT count(*) FROM big_sales(3) b, sale s WHERE is_odd(s.id) AND lower(s.city) = 'x'",
      allowing: ["big_sales", "is_odd"]
    ).functions
    #expect(
      functions == [
        FunctionEvidence(
          name: QualifiedName(schema: "public", name: "big_sales"), arguments: "integer", rows: 77, cost: 5,
          volatility: .stable),
        FunctionEvidence(
          name: QualifiedName(schema: "public", name: "is_odd"), arguments: "integer", rows: 0, cost: 333,
          volatility: .immutable, language: "plpgsql", isParallelSafe: false),
      ])
  }

  @Test func expandsViewsAndTellsTemporaryAndForeignTables() async throws {
    let database = try await LoggedServer.makeDatabase(
      script: """
        CREATE TABLE base (i int); INSERT INTO base SELECT generate_series(1, 50); ANALYZE;
        CREATE VIEW inner_view AS SELECT i FROM base; CREATE VIEW outer_view AS SELECT i FROM inner_view;
        CREATE EXTENSION file_fdw; CREATE SERVER files FOREIGN DATA WRAPPER file_fdw;
        CREATE FOREIGN TABLE far (line text) SERVER files OPTIONS (filename '/dev/null');
        """)
    let session = try await LoggedSession(database).session
    _ = try await session.query("CREATE TEMP TABLE near AS SELECT i FROM base")
    let result = try await session.analyze("SELECT count(*) FROM outer_view o, near n, far WHERE o.i = n.i")
    let kinds = result.evidence.relations.map { "\($0.name.name) \($0.statistics.kind)" }
    #expect(Set(kinds) == ["base table", "near temporaryTable", "far foreignTable"])
    let counted = result.evidence.relations.filter { $0.rowCount != nil }.map(\.name.name)
    #expect(Set(counted) == ["base", "near"])
  }

  // MARK: What may not be read

  @Test func takesOneRefusalForOneGap() async throws {
    let database = try await LoggedServer.makeDatabase(
      script: """
        CREATE TABLE t (i int PRIMARY KEY, j int, k int REFERENCES t); INSERT INTO t SELECT i, i % 5, 1 FROM generate_series(1, 900) i;
        CREATE STATISTICS both_columns ON i, j FROM t; ANALYZE;
        CREATE ROLE kept_out LOGIN; GRANT SELECT ON t TO kept_out;
        REVOKE SELECT ON pg_stats, pg_stat_all_tables, pg_constraint, pg_available_extensions, pg_amop FROM PUBLIC;
        """)
    let session = try await LoggedSession(database, role: "kept_out").session
    let (book, trips) = try await session.catalogEvidence(of: "SELECT * FROM t WHERE j = 3")
    #expect(
      Set(book.gaps.map(\.missing)) == [
        "activity counters (pg_stat_all_tables)", "column statistics (pg_stats)", "foreign keys",
        "extensions that could be made (pg_available_extensions)", "comparisons of different types (pg_amop)",
        "statistics of indexed expressions (pg_stats)", "column statistics of public.t",
      ])
    #expect(book.gaps.allSatisfy { !$0.reason.isEmpty })
    let t = try #require(book.relations.first)
    #expect(t.statistics.relTuples == 900 && t.indexes?.count == 1 && t.foreignKeys == nil)
    #expect(t.columns.map(\.type) == ["integer", "integer", "integer"])
    #expect(t.extendedStatistics?.map(\.name) == ["public.both_columns"])
    #expect(book.database.extensions == ["plpgsql"] && book.database.availableExtensions == nil)
    #expect(trips <= 5)
  }

  @Test func saysThatStatisticsAreHidden() async throws {
    let reader = try await book(
      "SELECT * FROM sale JOIN customer ON customer.id = customer_id", role: "facts_reader")
    #expect(reader.gaps.map(\.missing) == ["statistics of indexed expressions of public.customer"])
    let nobody = try await book("SELECT id FROM sale WHERE id = 3", role: "facts_nobody")
    #expect(nobody.gaps.map(\.missing) == ["extended statistics of public.sale"])
  }

  // MARK: What the planner's arithmetic is given

  @Test(arguments: [
    "SELECT * FROM sale WHERE city = 'city3' AND customer_id = 3",
    "SELECT * FROM sale WHERE length(note) = 3",
    "SELECT * FROM customer WHERE lower(email) = 'a3@x'", "SELECT * FROM customer WHERE title = 'T3'",
    "SELECT * FROM sale s JOIN customer c ON c.id = s.customer_id WHERE c.region = 3",
    "SELECT * FROM sale s JOIN shop ON shop.id = s.shop_id",
  ])
  func reproducesThePlannersEstimatesFromWhatItRead(_ sql: String) async throws {
    let session = try await LoggedSession(Self.made.value).session
    let plan = try await session.capture(sql).plan.plan
    let query = DiagnosticCase(
      plan: plan, conditions: PlanConditions(plan), statement: nil,
      evidence: try await session.catalogEvidence(of: sql).book,
      engine: .postgres)
    #expect(query.reproducedShares.allSatisfy { abs($0 - 1) < 0.02 }, "\(query.reproducedShares)")
    #expect(!query.reproducedShares.isEmpty)
  }
}

extension Session {
  /// The catalog's evidence for a statement, and the round trips that it took.
  func catalogEvidence(
    of sql: String, allowing: Set<String> = []
  ) async throws -> (book: EvidenceBook, trips: Int) {
    let request = try await CaptureRequest.make(sql, on: self)
    let plan = try await capture(sql, allowing: allowing).plan.plan
    let gathering = GatherEvidence(
      for: plan, conditions: PlanConditions(plan), level: .catalog, request: request)
    let before = roundTrips
    return (try await gathering.gather(on: self), roundTrips - before)
  }
}

extension DiagnosticCase {
  /// What the reproduction of every scan and join comes to, as a share of the planner's own estimate.
  fileprivate var reproducedShares: [Double] {
    plan.nodes.indices.compactMap { node in
      let rows = reproduce(scan: node)?.rows ?? reproduce(join: node)?.rows
      return rows.map { $0 / max(planRows(of: node), 1) }
    }
  }
}

extension String {
  fileprivate var trimmed: String { trimmingCharacters(in: .whitespacesAndNewlines) }
}
