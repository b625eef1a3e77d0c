import Catalog
import Foundation
import Postgres
import Testing
import ThrowawayServer

@testable import Statements
@testable import Workflow

/// The lists of names against the catalog of the server at hand.
@Suite struct ServerFunctionsTests {
  private static let made = Task { try await SharedServer.shared.makeDatabase() }

  private static func rows(_ sql: String) async throws -> Rows {
    let settings = ConnectionSettings(database: try await made.value.connectionString, version: "test")
    let session = try await Session.connect(settings)
    let rows = try await session.transaction(TransactionSettings(statementTimeout: .seconds(30))) {
      transaction throws(PostgresError) in try await transaction.query(sql)
    }
    await session.close()
    return rows
  }

  private static func names(where condition: String) async throws -> Set<String> {
    let rows = try await rows(
      """
      SELECT proname FROM pg_proc p WHERE oid < 16384 AND pronamespace = 'pg_catalog'::regnamespace
        AND \(condition)
      """)
    return Set(rows.compactMap { $0[0] })
  }

  private static func version() async throws -> Int {
    Int(try await rows("SELECT current_setting('server_version_num')").first?[0] ?? "") ?? 0
  }

  /// Names of the lists that PostgreSQL 15 does not have yet.
  private static let later: Set<String> = [
    "array_sample", "array_shuffle", "pg_get_aios", "pg_get_sequence_data", "pg_get_shmem_allocations_numa",
    "pg_get_wait_events", "pg_input_error_info", "pg_input_is_valid", "pg_stat_get_backend_io",
    "pg_stat_get_backend_wal", "pg_stat_get_io", "pg_stat_get_xact_tuples_newpage_updated", "random_normal",
    "uuidv4", "uuidv7",
  ]

  @Test func listsFunctionsThatTheServerHas() async throws {
    let all = try await Self.names(where: "true")
    let listed = FunctionPolicy.harmlessVolatile.union(FunctionPolicy.denied)
    #expect(listed.subtracting(all).subtracting(Self.later).isEmpty)
    guard try await Self.version() / 10_000 == 15 else { return }
    #expect(listed.subtracting(all) == Self.later)
    #expect(FunctionPolicy.denied.isDisjoint(with: FunctionPolicy.harmlessVolatile))
  }

  /// What a VOLATILE function's name says it does, if any of this is among it.
  private static let effects = #"""
    ^lo_|^lo(read|write)$|advisory|^(next|set|curr|last)val$|notify|notification|_reset|^set_config$|^setseed$
    |_to_xml|^ts_(stat|rewrite)|^binary_upgrade|^brin_|^gin_|import_|^pg_(read|ls|switch|reload|rotate|terminate
    |cancel|promote|backup|create|drop|copy|export|stop|clear|restore|sync|log)_|^pg_log_|_slot|^pg_logical
    |pg_wal_replay_|pg_replication_origin_|^pg_stat_(file|force|clear)|hba|ident_file|file_settings|logfile
    |^pg_promote|nextoid|_validator$|_handler$|config_dump|validate$
    """#

  @Test func listsNoneThatActs() throws {
    let pattern = try Regex(Self.effects.replacing("\n", with: ""))
    let acting = FunctionPolicy.harmlessVolatile.filter { $0.contains(pattern) }
    #expect(acting == [])
  }

  /// Every VOLATILE function without arguments that is called harmless: none takes a lock beyond that of a
  /// reader, a transaction ID, or writes to the log of changes.
  @Test func leavesNoTraceOfTheHarmlessOnes() async throws {
    let harmless = try await Self.names(where: "provolatile = 'v' AND pronargs = 0")
      .intersection(FunctionPolicy.harmlessVolatile).subtracting(["pg_stat_get_recovery_prefetch"]).sorted()
    #expect(harmless.count > 20)
    let recovery: Set<String> = [
      "pg_is_wal_replay_paused", "pg_get_wal_replay_pause_state", "pg_last_committed_xact",
    ]
    let calls = harmless.filter { !recovery.contains($0) }.map {
      "(SELECT count(*) FROM pg_catalog.\($0)()) "
    }
    let rows = try await Self.rows(
      """
      SELECT \(calls.joined(separator: "+ ")) AS called, pg_current_xact_id_if_assigned() AS xid,
        (SELECT count(*) FROM pg_locks WHERE pid = pg_backend_pid() AND locktype <> 'virtualxid'
          AND mode <> 'AccessShareLock') AS locks
      """)
    #expect(rows.first?["xid"] == nil)
    #expect(rows.first?["locks"] == "0")
  }

  /// What takes a type by its OID makes a value of any type, user-made ones included, and runs its constraint.
  @Test func deniesWhatMakesValuesOfATypeGivenByNumber() async throws {
    let makers = try await Self.names(
      where: """
        provolatile <> 'v' AND proargtypes::oid[] @> ARRAY['cstring'::regtype, 'oid'::regtype]::oid[]
          AND EXISTS (SELECT FROM pg_type t WHERE t.oid = p.prorettype AND t.typtype = 'p')
          AND proname NOT IN ('anyenum_in', 'enum_in')
        """)
    #expect(!makers.isEmpty)
    #expect(makers.subtracting(FunctionPolicy.denied).isEmpty)
  }

  @Test func deniesEveryExportToXML() async throws {
    let exports = try await Self.names(where: "proname ~ '^(cursor|database|query|schema|table)_to_xml'")
    #expect(exports == FunctionPolicy.queryRunners)
  }

  @Test func trustsByNameWhatTheServerHas() async throws {
    let script = URL(filePath: #filePath).deletingLastPathComponent()
      .appending(path: "../../scripts/built-in-names.sql")
    let rows = try await Self.rows(String(contentsOf: script, encoding: .utf8))
    let server = Dictionary(
      uniqueKeysWithValues: rows.map {
        ($0[0] ?? "", Set(($0[1] ?? "").split(separator: " ").map(String.init)))
      })
    let lists = [
      ("functions", BuiltInNames.functions), ("operators", BuiltInNames.operators),
      ("types", BuiltInNames.types),
    ]
    let isSource = try await Self.version() / 10_000 == 15
    for (kind, list) in lists where isSource {
      #expect(
        list == server[kind], "stale: PGHOST=… PGPORT=… scripts/generate-built-in-names with a PostgreSQL 15")
    }
    let volatile = try await Self.names(where: "provolatile = 'v'")
    #expect(BuiltInNames.functions.intersection(volatile).isEmpty)
  }
}
