import Foundation
import Testing

@testable import ThrowawayServer

/// A network that takes bytes and forwards none: nobody says that the other side is gone.
@Suite struct NetworkTests {
  /// A phase of a run, and what is sent in it first.
  struct Phase: CustomTestStringConvertible, Sendable {
    var testDescription: String
    var trigger: String
    var sql = Shop.join
    var options: [String] = []
  }

  static let phases = [
    Phase(testDescription: "finding out the engine", trigger: "SELECT pg_catalog.version(), "),
    Phase(testDescription: "admission of functions", trigger: "pg_proc"),
    Phase(testDescription: "EXPLAIN", trigger: "EXPLAIN (VERBOSE"),
    Phase(
      testDescription: "EXPLAIN ANALYZE", trigger: "EXPLAIN (ANALYZE", sql: "SELECT pg_sleep(60)",
      options: ["--timeout", "1"]),
    Phase(testDescription: "catalog evidence", trigger: "pg_stat_all_tables"),
    Phase(testDescription: "counts", trigger: "count(*) FILTER"),
    Phase(testDescription: "experiments", trigger: "enable_hashjoin"),
  ]

  /// All phases at once: what takes its time is waiting. The backends go by the server's own limits: those of
  /// the statement, of a transaction that lies idle (10 s) and of a session without one, which holds nothing
  /// and is not waited for.
  @Test func endsAfterCtrlCInEveryPhase() async throws {
    _ = try await Shop.database()
    try await withThrowingTaskGroup { group in
      for phase in Self.phases { group.addTask { try await Self.interrupt(in: phase) } }
      try await group.waitForAll()
    }
  }

  private static func interrupt(in phase: Phase) async throws {
    let database = try await Shop.copy()
    try await CuttableProxy.with(database.server, cuttingAt: phase.trigger) { proxy in
      let end = SessionEnd(
        connection: proxy.options(database), sql: phase.sql, options: phase.options)
      let ended = try await end.run { invocation in
        try await proxy.waitUntilCut()
        kill(invocation.process, SIGINT)
      }
      ended.failed(130, SignalTests.closed)
      try await Activity.waitForNone(in: database, state: "state <> 'idle'", within: .promised(16))
    }
  }

  @Test func endsAfterCtrlCWhenAReportIsReassessed() async throws {
    let database = try await SharedServer.shared.makeDatabase()
    try await Scratch.withFolder { folder in
      let file = folder.appending(path: "report.md").path
      _ = try await Plandx.run(["analyze", "-d", database.connectionString, "-o", file, "SELECT 1"])
      let old = try folder.text("report.md")
      try await CuttableProxy.with(database.server, cuttingAt: "EXPLAIN (ANALYZE") { proxy in
        let invocation = try Invocation(["reassess", file] + proxy.options(database))
        try await proxy.waitUntilCut()
        let start = ContinuousClock.now
        kill(invocation.process, SIGTERM)
        let run = try await invocation.end()
        #expect(run.errors == SignalTests.closed + "\n")
        #expect(run.status == 143)
        #expect(.now - start <= .promised(5))
        #expect(try folder.text("report.md") == old)
        #expect(try folder.names() == ["report.md"])
      }
    }
  }

  @Test func endsAtOnceAtASecondSignal() async throws {
    let database = try await SharedServer.shared.makeDatabase()
    try await CuttableProxy.with(database.server, cuttingAt: "EXPLAIN (ANALYZE") { proxy in
      let ended = try await SessionEnd(connection: proxy.options(database), sql: "SELECT 1").run {
        invocation in
        try await proxy.waitUntilCut()
        kill(invocation.process, SIGINT)
        try await Task.sleep(for: .milliseconds(200))
        kill(invocation.process, SIGINT)
      }
      #expect(ended.run.status == 130)
      #expect(ended.duration < .promised(1))
      #expect(ended.text == ended.old)
    }
  }

  /// The plan that remains is worth a report, though nobody is left to ask for evidence.
  @Test func reportsTheEstimatesWhenTheTimeIsOverAndTheConnectionIsLost() async throws {
    let database = try await SharedServer.shared.makeDatabase()
    try await CuttableProxy.with(database.server, cuttingAt: "EXPLAIN (ANALYZE") { proxy in
      let end = SessionEnd(
        connection: proxy.options(database), sql: "SELECT pg_sleep(60)", options: ["--timeout", "0.5"])
      let ended = try await end.run { _ in try await proxy.waitUntilCut() }
      ended.succeeded()
      let text = try #require(ended.text)
      #expect(text.contains("**Estimates only.** The statement was stopped after 0.5s (`--timeout`)."))
      #expect(
        text.contains(
          "catalog evidence and row counts: the connection had to be closed when the capture's time was over")
      )
    }
  }

  @Test func givesUpWhenTheTimeIsOverBeforeThereIsAPlan() async throws {
    let database = try await SharedServer.shared.makeDatabase()
    try await CuttableProxy.with(database.server, cuttingAt: "EXPLAIN (VERBOSE") { proxy in
      let end = SessionEnd(
        connection: proxy.options(database), sql: "SELECT 1", options: ["--timeout", "0.5"])
      let ended = try await end.run { _ in try await proxy.waitUntilCut() }
      ended.failed(75, "plandx: the connection was closed: the server did not answer in time; try again")
    }
  }

  /// A killed client behind a cut network is nobody's to notice: the statement's own limit ends it.
  @Test func leavesAStatementOfAKilledClientToItsTimeLimit() async throws {
    let database = try await SharedServer.shared.makeDatabase()
    try await CuttableProxy.with(database.server, cuttingAt: "EXPLAIN (ANALYZE") { proxy in
      let end = SessionEnd(
        connection: proxy.options(database), sql: "SELECT pg_sleep(60)", options: ["--timeout", "1"])
      let ended = try await end.run { invocation in
        try await proxy.waitUntilCut()
        kill(invocation.process, SIGKILL)
      }
      #expect(ended.run.status == 128 + SIGKILL)
      for _ in 0..<100 where try await Activity.count(in: database, where: "state = 'active'") > 0 {
        try await Task.sleep(for: .milliseconds(50))
      }
      #expect(try await Activity.count(in: database, where: "state = 'active'") == 0)
    }
  }

  /// Nothing on the session's own thread notices a signal any more: the process itself has to end.
  @Test func endsAfterCtrlCWhenLibpqHangs() async throws {
    let database = try await SharedServer.shared.makeDatabase()
    try await SlowLibrary.with { environment in
      var end = SessionEnd(on: database, sql: "SELECT pg_sleep(0.5)")
      end.environment = environment
      let ended = try await end.run { invocation in
        try await Activity.wait(on: database) { "query LIKE 'EXPLAIN (ANALYZE%' AND state <> 'active'" }
        kill(invocation.process, SIGINT)
      }
      ended.failed(130, SignalTests.closed)
      try await Activity.waitForNone(in: database)
    }
  }

  // MARK: Connecting

  @Test func waitsForAnAnswerNoLongerThanConnectTimeout() async throws {
    let database = try await SharedServer.shared.makeDatabase()
    try await CuttableProxy.with(database.server) { proxy in
      proxy.cut()
      var end = SessionEnd(connection: proxy.options(database))
      end.environment = ["PGCONNECT_TIMEOUT": "2"]
      try await end.run().failed(
        69,
        """
        plandx: no connection: connection to server at "127.0.0.1", port \(proxy.port) failed: \
        timeout expired; check host and port, and that the server runs
        """)
    }
  }

  @Test func endsAfterCtrlCWhileItConnects() async throws {
    let database = try await SharedServer.shared.makeDatabase()
    try await CuttableProxy.with(database.server) { proxy in
      proxy.cut()
      let ended = try await SessionEnd(connection: proxy.options(database)).run { invocation in
        for _ in 0..<500 where proxy.connections == 0 { try await Task.sleep(for: .milliseconds(20)) }
        kill(invocation.process, SIGINT)
      }
      ended.failed(130, "plandx: interrupted: there was no connection yet; nothing was written")
    }
  }

  @Test(arguments: [
    (
      "host=127.0.0.1 port=1",
      """
      connection to server at "127.0.0.1", port 1 failed: Connection refused Is the server running on \
      that host and accepting TCP/IP connections?
      """
    ),
    (
      "host=no-such-host.invalid",
      "could not translate host name \"no-such-host.invalid\" to address: "
    ),
    ("host=/nowhere port=1", "connection to server on socket \"/nowhere/.s.PGSQL.1\" failed: "),
  ])
  func saysThatNoServerIsThere(_ server: String, _ words: String) async throws {
    let ended = try await SessionEnd(connection: ["-d", "\(server) user=u dbname=d"]).run()
    #expect(ended.run.status == 69)
    #expect(ended.run.firstError.hasPrefix("plandx: no connection: \(words)"))
    #expect(ended.run.firstError.hasSuffix("; check host and port, and that the server runs"))
    #expect(ended.text == ended.old)
  }

  /// libpq blocks while it looks up a name, and no signal ends that.
  @Test func endsAfterCtrlCWhileANameIsLookedUp() async throws {
    try await SlowLibrary.with { environment in
      for servers in ["slow.example", "127.0.0.1,slow.example"] {
        var end = SessionEnd(connection: ["-d", "host=\(servers) port=1 user=u dbname=d"])
        end.environment = environment
        let ended = try await end.run { invocation in
          try await SlowLibrary.waitForLookup(environment)
          kill(invocation.process, SIGINT)
        }
        ended.failed(130, "plandx: interrupted: there was no connection yet; nothing was written")
      }
    }
  }
}

/// A C library, laid over the system's, whose calls take their time.
enum SlowLibrary {
  /// `getaddrinfo` never finds a name with "slow" in it, and makes a file when it begins to look; `recv` hangs
  /// once EXPLAIN ANALYZE was sent.
  private static let source = """
    #define _GNU_SOURCE
    #include <dlfcn.h>
    #include <fcntl.h>
    #include <netdb.h>
    #include <stdlib.h>
    #include <string.h>
    #include <sys/socket.h>
    #include <unistd.h>
    int getaddrinfo(const char *n, const char *s, const struct addrinfo *h, struct addrinfo **r) {
      if (n && strstr(n, "slow")) {
        close(creat(getenv("SLOW_LOOKUP"), 0600));
        sleep(60);
      }
      int (*next)(const char *, const char *, const struct addrinfo *, struct addrinfo **) =
        dlsym(RTLD_NEXT, "getaddrinfo");
      return next(n, s, h, r);
    }
    static volatile int hangs;
    ssize_t send(int d, const void *b, size_t n, int f) {
      if (memmem(b, n, "EXPLAIN (ANALYZE", 16)) hangs = 1;
      ssize_t (*next)(int, const void *, size_t, int) = dlsym(RTLD_NEXT, "send");
      return next(d, b, n, f);
    }
    ssize_t recv(int d, void *b, size_t n, int f) {
      if (hangs) sleep(60);
      ssize_t (*next)(int, void *, size_t, int) = dlsym(RTLD_NEXT, "recv");
      return next(d, b, n, f);
    }
    """

  /// Gives a body the variables that make a program use it.
  static func with(_ body: ([String: String]) async throws -> Void) async throws {
    try await Scratch.withFolder { folder in
      let source = try folder.file("slow.c", Self.source.utf8)
      let library = folder.appending(path: "slow.so").path
      // Every Swift toolchain brings clang.
      let compiler = Program(
        path: "/usr/bin/env", arguments: ["clang", "-shared", "-fPIC", "-o", library, source])
      _ = try await offThePool { () throws(ThrowawayServerError) in try compiler.output() }
      try await body(["LD_PRELOAD": library, "SLOW_LOOKUP": folder.appending(path: "lookup").path])
    }
  }

  /// Waits until a program with these variables looks up a name.
  static func waitForLookup(_ environment: [String: String]) async throws {
    let file = environment["SLOW_LOOKUP"] ?? ""
    for _ in 0..<500 where !FileManager.default.fileExists(atPath: file) {
      try await Task.sleep(for: .milliseconds(20))
    }
    // For the next program; an error where none has looked.
    try FileManager.default.removeItem(atPath: file)
  }
}
