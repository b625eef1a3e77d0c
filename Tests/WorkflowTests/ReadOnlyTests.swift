import Foundation
import Postgres
import Testing
import ThrowawayServer

@testable import Workflow

/// Nothing is written, whatever is analysed: seen from the tables, the counters and the server's log.
@Suite(.serialized) struct ReadOnlyTests {
  private static let script = """
    CREATE TABLE parent (id serial PRIMARY KEY, name text NOT NULL);
    CREATE TABLE child (id serial PRIMARY KEY, parent_id int REFERENCES parent, amount int);
    CREATE TABLE log_of_changes (what text);
    CREATE FUNCTION note() RETURNS trigger LANGUAGE plpgsql AS
      $$ BEGIN INSERT INTO log_of_changes VALUES (TG_OP); RETURN NEW; END $$;
    CREATE TRIGGER noted AFTER UPDATE OR DELETE ON child FOR EACH ROW EXECUTE FUNCTION note();
    INSERT INTO parent (name) SELECT 'p' || i FROM generate_series(1, 200) i;
    INSERT INTO child (parent_id, amount) SELECT 1 + i % 200, i % 50 FROM generate_series(1, 2000) i;
    CREATE VIEW rich AS SELECT * FROM child WHERE amount > 40;
    ANALYZE;
    """

  private static let statements = [
    "SELECT p.name, sum(c.amount) FROM parent p JOIN child c ON c.parent_id = p.id WHERE c.amount < 10 GROUP BY 1",
    "SELECT * FROM child WHERE amount = 3 FOR UPDATE",
    "UPDATE child SET amount = amount + 1 WHERE parent_id = 7",
    "UPDATE child c SET amount = 0 FROM parent p WHERE p.id = c.parent_id AND p.name = 'p7'",
    "DELETE FROM child WHERE amount = 3", "DELETE FROM rich WHERE parent_id = 9",
    "SELECT 1 / (amount - amount) FROM child", "SELECT * FROM nowhere", "SELECT nextval('child_id_seq')",
  ]

  /// Every row of every table, every sequence, and the server's own counters of writes.
  private static let everything = """
    SELECT 'parent', md5(string_agg(t::text, ',' ORDER BY t::text)) FROM parent t
    UNION ALL SELECT 'child', md5(string_agg(t::text, ',' ORDER BY t::text)) FROM child t
    UNION ALL SELECT 'log', count(*)::text FROM log_of_changes
    UNION ALL SELECT 'sequences', string_agg(s::text, ',' ORDER BY schemaname, sequencename) FROM pg_sequences s
    UNION ALL SELECT 'classes', md5(string_agg(c.xmin || ':' || c.oid, ',' ORDER BY c.oid)) FROM pg_class c
    UNION ALL SELECT 'counters', string_agg(concat_ws(':', relname, n_tup_ins, n_tup_upd, n_tup_del, n_dead_tup), ','
      ORDER BY relname) FROM pg_stat_user_tables;
    """

  @Test func changesNothing() async throws {
    let database = try await LoggedServer.makeDatabase(script: Self.script)
    let before = try await database.run(sql: Self.everything)
    let logged = try await LoggedSession(database)
    for sql in Self.statements { _ = try? await logged.session.analyze(sql) }
    await logged.session.close()
    #expect(try await database.run(sql: Self.everything) == before)
    try await checkTransactions(of: logged)
  }

  private func checkTransactions(of logged: LoggedSession) async throws {
    let sent = try await logged.statements()
    let transactions = sent.split(separator: "ROLLBACK", omittingEmptySubsequences: false).map(Array.init)
    #expect(transactions.last == [])
    #expect(transactions.count > 30)
    for statements in transactions.dropLast() {
      let first = try #require(statements.first)
      #expect(first.hasPrefix("BEGIN TRANSACTION") && first.hasSuffix("READ ONLY"), "\(first)")
      for statement in statements.dropFirst() {
        let may = [
          "SELECT ", "WITH ", "EXPLAIN ", "SAVEPOINT ", "ROLLBACK TO SAVEPOINT ", "RELEASE SAVEPOINT ",
        ]
        #expect(may.contains { statement.hasPrefix($0) }, "\(statement)")
      }
    }
    let analyzed = sent.filter { $0.hasPrefix("EXPLAIN (ANALYZE") }
    #expect(analyzed.count > 8)
    #expect(!analyzed.contains { $0.contains("UPDATE") || $0.contains("DELETE") })
  }

  @Test func identifiesTheServerInReadOnlyTransactionsToo() async throws {
    let logged = try await LoggedSession(LoggedServer.makeDatabase())
    _ = try await logged.session.identify()
    let transactions = try await logged.statements().split { $0 == "ROLLBACK" || $0 == "COMMIT" }
    #expect(transactions.count == 5)
    #expect(transactions.allSatisfy { $0.count == 2 && $0.first == "BEGIN TRANSACTION READ ONLY" })
  }

  @Test func cannotBeMadeToWriteBySettings() async throws {
    let logged = try await LoggedSession(LoggedServer.makeDatabase(script: "CREATE TABLE t (i int)"))
    for name in ["transaction_read_only", "default_transaction_read_only"] {
      let settings = [TransactionSettings.Setting(name, "off")]
      _ = try? await logged.session.analyze("SELECT * FROM t", settings: settings)
    }
    let beginnings = try await logged.statements().filter { $0.hasPrefix("BEGIN") }
    #expect(!beginnings.isEmpty)
    #expect(beginnings.allSatisfy { $0.hasSuffix("READ ONLY") })
  }
}
