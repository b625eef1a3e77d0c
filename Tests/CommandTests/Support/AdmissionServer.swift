import Foundation
import Testing

@testable import ThrowawayServer

/// A server of which everything that the admission table names is there to be changed.
struct AdmissionServer {
  let server: ThrowawayServer

  /// The database of the table's statements.
  var database: ThrowawayDatabase { ThrowawayDatabase(server: server, name: "admission") }

  /// Starts a server for the time of a body; nothing happens on it but what the body does.
  static func with(_ body: (AdmissionServer) async throws -> Void) async throws {
    try await ThrowawayServer.withServer(settings: settings) { server in
      let admission = AdmissionServer(server: server)
      try await server.run(sql: "CREATE DATABASE admission; CREATE DATABASE spare; CREATE ROLE reader")
      try await admission.database.run(sql: schema)
      try await body(admission)
    }
  }

  private static let settings = [
    "checkpoint_timeout": "1d", "log_connections": "on", "log_line_prefix": "",
    "max_prepared_transactions": "2", "wal_level": "logical", "track_commit_timestamp": "on",
  ]

  private static let schema = """
    CREATE TABLE t (a int, b text);
    INSERT INTO t SELECT i, 'b' || i FROM generate_series(1, 50) i;
    CREATE TABLE u (a int, b text);
    INSERT INTO u SELECT i, 'u' || i FROM generate_series(1, 5) i;
    CREATE INDEX i ON t (a);
    CREATE TABLE k (id int PRIMARY KEY, n int);
    INSERT INTO k VALUES (1, 1), (2, 2);
    CREATE TABLE counted (id int GENERATED ALWAYS AS IDENTITY);
    CREATE TABLE rows_of_t (LIKE t);
    CREATE TABLE parts (a int) PARTITION BY RANGE (a);
    CREATE TABLE parts_low PARTITION OF parts FOR VALUES FROM (0) TO (50);
    INSERT INTO parts VALUES (1), (2);
    CREATE TABLE words (update text, share text, key int);
    INSERT INTO words VALUES ('x', 'y', 1);
    CREATE TABLE "Odd ""; name" ("a;b" int);
    CREATE TABLE delete (update int, insert int);
    CREATE VIEW v AS SELECT * FROM t WHERE a < 10;
    CREATE MATERIALIZED VIEW m AS SELECT a FROM t;
    CREATE UNIQUE INDEX ON m (a);
    CREATE SEQUENCE s;
    CREATE TYPE pair AS (x int, y int);
    CREATE TYPE mood AS ENUM ('good');
    CREATE DOMAIN d AS int;
    CREATE SCHEMA other;
    CREATE TABLE changes (what text);
    CREATE FUNCTION writes() RETURNS int LANGUAGE sql AS $$ INSERT INTO changes VALUES ('f') RETURNING 1 $$;
    CREATE FUNCTION claims_to_be_immutable(int) RETURNS int LANGUAGE plpgsql IMMUTABLE AS
      $$ BEGIN INSERT INTO changes VALUES ('i'); RETURN $1; END $$;
    CREATE FUNCTION claims_to_be_stable() RETURNS int LANGUAGE plpgsql STABLE AS
      $$ BEGIN PERFORM pg_advisory_lock(7); RETURN 1; END $$;
    CREATE FUNCTION adds(int, int) RETURNS int LANGUAGE plpgsql IMMUTABLE AS
      $$ BEGIN PERFORM nextval('s'); RETURN $1 + $2; END $$;
    CREATE OPERATOR |+| (FUNCTION = adds, LEFTARG = int, RIGHTARG = int);
    CREATE VIEW writing_view AS SELECT writes();
    CREATE PROCEDURE p(a int) LANGUAGE sql AS 'DELETE FROM t';
    CREATE FUNCTION noted() RETURNS trigger LANGUAGE plpgsql AS
      $$ BEGIN INSERT INTO changes VALUES (TG_OP); RETURN NEW; END $$;
    CREATE TRIGGER noted AFTER INSERT OR UPDATE OR DELETE ON t FOR EACH ROW EXECUTE FUNCTION noted();
    CREATE FUNCTION ended() RETURNS event_trigger LANGUAGE plpgsql AS $$ BEGIN END $$;
    CREATE FOREIGN DATA WRAPPER wrapper;
    CREATE SERVER far FOREIGN DATA WRAPPER wrapper;
    CREATE EXTENSION dblink;
    SELECT lo_create(4242);
    BEGIN; INSERT INTO u VALUES (99); PREPARE TRANSACTION 'waiting';
    VACUUM (FREEZE, ANALYZE);
    CHECKPOINT;
    """
}

/// A psql that waits for notifications of a channel while a body runs.
struct Listener {
  /// What it was told, as psql prints it; empty where nothing came.
  static func notifications(
    of channel: String, in database: ThrowawayDatabase, during body: () async throws -> Void
  ) async throws -> String {
    try await Scratch.withFolder { folder in
      let pipe = folder.appending(path: "pipe").path
      #expect(mkfifo(pipe, 0o600) == 0)
      // Opened for both ways it waits for nobody.
      let commands = try #require(FileHandle(forUpdatingAtPath: pipe))
      let answers = try #require(
        FileHandle(forUpdatingAtPath: try folder.file("answers", [])))
      let psql = Program(
        path: database.server.binaries.path(of: "psql"),
        arguments: ["-X", "-q", "-A", "-t", "-d", database.connectionString])
      let descriptor = answers.fileDescriptor
      let process = try psql.start(descriptors: [commands.fileDescriptor, descriptor, descriptor])
      try commands.write(contentsOf: Data("LISTEN \(channel);\nSELECT 'listening';\n".utf8))
      while try !folder.text("answers").contains("listening") { try await Task.sleep(for: .milliseconds(10)) }
      try await body()
      try commands.write(contentsOf: Data("SELECT 'done';\n\\q\n".utf8))
      _ = try await offThePool { () throws(ThrowawayServerError) in waitForExit(process) }
      return try folder.text("answers").replacing("listening\n", with: "").replacing("done\n", with: "")
    }
  }
}
