import AdmissionTable
import Foundation
import Testing
import ThrowawayServer
import Unchanged

/// Whatever is pasted into `plandx analyze`, the server is afterwards what it was before, to the byte.
@Suite(.serialized) struct NoChangeTests {
  @Test func theWholeAdmissionTableChangesNothing() async throws {
    try await AdmissionServer.with { admission in
      let before = try await Fingerprint(cluster: admission.server)
      let heard = try await Listener.notifications(of: "news", in: admission.database) {
        try await feed(AdmissionRows.all.filter { $0.verdict == .rejected }, to: admission)
        // What the syntax rejects never even asks for a connection.
        #expect(try connections(to: admission) == 0)
        try await feed(AdmissionRows.all.filter { $0.verdict != .rejected }, to: admission)
        #expect(try connections(to: admission) > 0)
      }
      #expect(heard.isEmpty)
      #expect(before.changes(to: try await Fingerprint(cluster: admission.server)) == "")
    }
  }

  /// Two at a time.
  private func feed(_ rows: [AdmissionRow], to admission: AdmissionServer) async throws {
    let middle = rows.count / 2
    async let first: Void = feed(rows[..<middle], to: admission)
    async let second: Void = feed(rows[middle...], to: admission)
    _ = try await (first, second)
  }

  private func feed(_ rows: ArraySlice<AdmissionRow>, to admission: AdmissionServer) async throws {
    for row in rows {
      try await Scratch.withFolder { folder in
        let file = try folder.file("statement.sql", Self.bytes(of: row, copyingTo: admission.server))
        let run = try await Plandx.run(
          ["analyze", "-d", admission.database.connectionString, "-f", file],
          whileTestChanges: "nothing: one fingerprint of all databases is taken around all rows")
        #expect(
          run.status == (row.verdict != .rejected && row.live == .report ? 0 : 65), "\(row): \(run.errors)")
        #expect(run.output.isEmpty == (run.status != 0), "\(row)")
        #expect(
          run.errors.contains(" is rejected: ") || row.live != .functionRejected, "\(row): \(run.errors)")
      }
    }
  }

  /// A file that is written lies in the data directory of the one server, whose files the fingerprint lists.
  private static func bytes(of row: AdmissionRow, copyingTo server: ThrowawayServer) -> [UInt8] {
    guard row.text.contains(AdmissionRow.copyFolder) else { return row.bytes }
    return Array(row.text.replacing(AdmissionRow.copyFolder, with: server.dataDirectory + "/").utf8)
  }

  private func connections(to admission: AdmissionServer) throws -> Int {
    let log = try String(contentsOfFile: admission.server.logFile, encoding: .utf8)
    return log.split(separator: "\n").count {
      $0.contains("authorized") && $0.contains("application_name=plandx/")
    }
  }

  /// What would be missed is no proof: one change of every kind that a fingerprint is there to notice.
  @Test func aFingerprintNoticesEveryChange() async throws {
    try await AdmissionServer.with { admission in
      var before = try await Fingerprint(cluster: admission.server)
      #expect(before.changes(to: try await Fingerprint(cluster: admission.server)) == "")
      for round in Self.changes {
        for change in round { try await admission.database.run(sql: change.sql) }
        let after = try await Fingerprint(cluster: admission.server)
        let noticed = before.changes(to: after)
        for change in round { #expect(noticed.contains(change.line), "\(change.sql)\n\(noticed)") }
        before = after
      }
    }
  }

  @Test func aDatabasesFingerprintNoticesItsOwnChangesAlone() async throws {
    try await AdmissionServer.with { admission in
      let target = admission.database.connectionString
      let watch = try #require(try ChangeWatch(target))
      try await admission.server.run(
        sql: "CREATE ROLE another; CREATE DATABASE another; CREATE TABLE x (i int)")
      #expect(try watch.changes() == "")
      try await admission.database.run(sql: "UPDATE u SET b = b WHERE a = 1")
      #expect(try watch.changes().contains("relation u: "))
    }
  }

  /// In each round every line has one cause.
  private static let changes: [[(sql: String, line: String)]] = [
    [
      ("INSERT INTO u VALUES (1)", "relation u: "), ("SELECT nextval('s')", "relation s: "),
      ("CREATE TEMP TABLE x (i int)", "relation pg_namespace: "),
      ("COMMENT ON TABLE t IS 'x'", "relation pg_description: "), ("ANALYZE t", "relation pg_statistic: "),
      ("SELECT lo_create(4711)", "relation pg_largeobject_metadata: "),
      ("SELECT lo_put(4242, 0, 'x')", "relation pg_largeobject: "),
      ("ALTER ROLE reader LOGIN", "relation pg_authid: "),
      ("ALTER DATABASE admission SET work_mem = '64kB'", "setting work_mem = 64 "),
      ("ALTER SYSTEM SET work_mem = '1GB'", "line of "),
      ("SELECT pg_create_physical_replication_slot('x')", "replication slot "),
      ("ROLLBACK PREPARED 'waiting'", "prepared transaction "),
      ("SELECT pg_stat_reset()", "statistics of the database reset"),
      ("COPY t TO PROGRAM 'cat >copied'", "file copied"),
      ("CHECKPOINT", "last checkpoint at "),
    ],
    [
      ("UPDATE u SET b = b WHERE a = 1", "relation u: "), ("SELECT setval('s', 1, false)", "relation s: "),
      ("REFRESH MATERIALIZED VIEW m", "relation m: "), ("DELETE FROM k; VACUUM k", "relation pg_class: "),
      ("ALTER ROLE reader SET work_mem = '64kB'", "relation pg_db_role_setting: "),
      ("SELECT pg_reload_conf(), pg_sleep(0.3)", "configuration loaded at "),
      ("SELECT pg_stat_reset_single_table_counters('t'::regclass)", "statistics of the database reset"),
      ("SELECT pg_stat_reset_shared('wal')", "statistics of wal reset"),
      ("SELECT pg_stat_reset_slru('Notify')", "statistics of slru Notify reset"),
      ("COPY t TO PROGRAM 'cat >/dev/null; rm copied'", "file copied"),
    ],
    [("BEGIN; SELECT FROM u WHERE a = 1 FOR UPDATE; COMMIT", "relation u: ")],
    [("BEGIN; INSERT INTO counted DEFAULT VALUES; ROLLBACK", "next transaction ")],
    [("SELECT txid_current()", "next transaction ")],
  ]

  @Test func aFingerprintNoticesAnAdvisoryLock() async throws {
    let database = try await SharedServer.shared.makeDatabase()
    let watch = try #require(try ChangeWatch(database.connectionString))
    let holder = Task { try await database.run(sql: "SELECT pg_advisory_lock(4711), pg_sleep(30)") }
    try await Activity.wait(on: database) { "query LIKE '%pg_sleep%' AND wait_event = 'PgSleep'" }
    #expect(try watch.changes().contains("+ advisory lock 0 4711 1 ExclusiveLock t"))
    try await Activity.terminate(in: database)
    _ = try? await holder.value
  }

  @Test func aListenerHearsANotification() async throws {
    let database = try await SharedServer.shared.makeDatabase()
    let heard = try await Listener.notifications(of: "news", in: database) {
      try await database.run(sql: "NOTIFY news, 'x'")
    }
    #expect(heard.hasPrefix("Asynchronous notification \"news\" with payload \"x\" received"))
  }

  /// A server that takes a backslash in an ordinary string for an escape would see two calls here, admission
  /// sees a constant.
  @Test func runsWhatWasAdmittedWhateverTheServerTakesForAString() async throws {
    let database = try await SharedServer.shared.makeDatabase()
    try await database.run(sql: "ALTER DATABASE \(database.name) SET standard_conforming_strings = off")
    let sql = "SELECT '\\'' , pg_stat_reset(), pg_advisory_lock(4711) --'"
    let arguments = ["analyze", "-d", database.connectionString]
    let run = try await Plandx.run(arguments + [sql])
    #expect(run.status == 0)
    #expect(run.output.contains("Output: '\\'' , pg_stat_reset(), pg_advisory_lock(4711) --'::text"))
    for setting in ["Standard_Conforming_Strings=off", "client_encoding=GBK"] {
      #expect(try await Plandx.run(arguments + ["--set", setting, sql]).status == 64)
    }
  }

  /// By whatever means a run names its database, it is watched.
  @Test func watchesTheDatabaseThatARunNames() async throws {
    let database = try await SharedServer.shared.makeDatabase(script: "CREATE TABLE t (i int)")
    let (folder, name) = (database.server.socketDirectory, database.name)
    try await Scratch.withFolder { files in
      let service = try files.file("services", "[x]\nhost=\(folder)\nuser=postgres\ndbname=\(name)\n".utf8)
      for (arguments, environment) in [
        (["analyze", "-h", folder, "-U", "nobody", "-d", name], [:]),
        (["analyze", "--host", folder, "--dbname", name], [:]),
        (["analyze", "-d", database.connectionString], [:]),
        (["reassess", "-d", "postgresql://postgres@\(folder.replacing("/", with: "%2F"))/\(name)?x=y"], [:]),
        (["analyze"], ["PGHOST": folder, "PGDATABASE": name]),
        (["analyze", "-d", "service=x"], ["PGSERVICEFILE": service]),
      ] as [([String], [String: String])] {
        let watch = try #require(
          try ChangeWatch(arguments: arguments, environment: environment), "\(arguments)")
        try await database.run(sql: "INSERT INTO t VALUES (1)")
        #expect(try watch.changes().contains("relation t: "), "\(arguments)")
      }
    }
    #expect(try ChangeWatch(arguments: ["rewrite", "SELECT 1"], environment: [:]) == nil)
  }
}
