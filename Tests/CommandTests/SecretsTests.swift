import Foundation
import Testing
import ThrowawayServer

/// A canary stands in every secret; nothing that the program leaves behind sings.
@Suite(.serialized) struct SecretsTests {
  /// One way to hand over a secret, or to mistype one.
  struct Case: Sendable, CustomTestStringConvertible {
    var name: String
    var arguments: [String]
    var environment: [String: String] = [:]
    var status: Int32 = 0

    var testDescription: String { name }
  }

  private static let canary = GuardedServer.canary
  private static let sql = "SELECT id FROM orders WHERE status = 'open'"

  /// As it is, and in base64 at each of its three places.
  private static let songs: [String] =
    [canary]
    + (0..<3).map { offset in
      let bytes = Array(repeating: UInt8(0), count: offset) + Array(canary.utf8)
      let text = Data(bytes).base64EncodedString().filter { $0 != "=" }
      return String(text.dropFirst(4).dropLast(4))
    }

  private func expectSilence(_ text: String, _ place: String) {
    for song in Self.songs { #expect(!text.contains(song), "\(place): \(text.prefix(2_000))") }
  }

  /// Runs a case in a folder of its own, and listens everywhere.
  private func listen(to example: Case) async throws {
    try await Scratch.withFolder { folder in
      let report = folder.appending(path: "report.md").path
      let arguments = example.arguments.map { $0 == "REPORT" ? report : $0 }
      let invocation = try Invocation(arguments, environment: example.environment)
      let run = try await withThrowingTaskGroup(of: Plandx?.self) { group in
        group.addTask { try await invocation.end() }
        group.addTask {
          while !Task.isCancelled {
            Self.listenToChildren(of: invocation.process)
            try? await Task.sleep(for: .milliseconds(20))
          }
          return nil
        }
        let run = try await group.next()
        group.cancelAll()
        return try #require(run ?? nil)
      }
      #expect(run.status == example.status, "\(example.name): \(run.errors)")
      expectSilence(run.output, "stdout")
      expectSilence(run.errors, "stderr")
      for name in try folder.names() { expectSilence(try folder.text(name), name) }
    }
  }

  /// What `ps` shows of the program's children, and who they are.
  @discardableResult private static func listenToChildren(of process: pid_t) -> Set<pid_t> {
    // A child belongs to the thread that started it.
    let threads = (try? FileManager.default.contentsOfDirectory(atPath: "/proc/\(process)/task")) ?? []
    let children = threads.map { thread in
      (try? String(contentsOfFile: "/proc/\(process)/task/\(thread)/children", encoding: .utf8)) ?? ""
    }
    let numbers = children.joined(separator: " ").split(separator: " ").compactMap { pid_t($0) }
    // LeakSanitizer looks from a copy of the process, with the arguments that the user gave it.
    let own = commandLine(of: process)
    for child in numbers.map(commandLine) { #expect(child == own || !child.contains(canary)) }
    return Set(numbers)
  }

  private static func commandLine(of process: pid_t) -> String {
    let data = FileManager.default.contents(atPath: "/proc/\(process)/cmdline") ?? Data()
    return String(decoding: data, as: UTF8.self)
  }

  private static func encoded(_ text: String) -> String {
    text.utf8.map { byte in
      let isPlain =
        byte < 0x80 && (Character(Unicode.Scalar(byte)).isLetter || Character(Unicode.Scalar(byte)).isNumber)
      return isPlain ? "\(Unicode.Scalar(byte))" : "%" + (byte < 16 ? "0" : "") + String(byte, radix: 16)
    }.joined()
  }

  private static func conninfo(_ text: String) -> String {
    "'" + text.replacing("\\", with: "\\\\").replacing("'", with: "\\'") + "'"
  }

  private static func pgpass(_ text: String) -> String {
    text.replacing("\\", with: "\\\\").replacing(":", with: "\\:")
  }

  @Test func keepsAPasswordToItselfWhereverItComesFrom() async throws {
    let guarded = try await GuardedServer.made.value
    let (folder, port) = (guarded.server.socketDirectory, guarded.server.port)
    try await Scratch.withFolder { files in
      for (role, password) in GuardedServer.passwords {
        let place = "\(Self.encoded(folder))&port=\(port)"
        var ways = [
          Case(
            name: "PGPASSWORD", arguments: guarded.options(role), environment: ["PGPASSWORD": password]),
          Case(
            name: "URI",
            arguments: ["-d", "postgresql://\(role):\(Self.encoded(password))@/postgres?host=\(place)"]),
          Case(
            name: "URI's query",
            arguments: [
              "-d", "postgresql:///postgres?user=\(role)&password=\(Self.encoded(password))&host=\(place)",
            ]),
          Case(
            name: "conninfo",
            arguments: [
              "-d",
              "host=\(folder) port=\(port) user=\(role) dbname=postgres password=\(Self.conninfo(password))",
            ]),
        ]
        // A line of these files cannot hold one.
        if !password.contains("\n") {
          let passfile = try files.file("pgpass", "*:*:*:*:\(Self.pgpass(password))\n".utf8)
          #expect(chmod(passfile, 0o600) == 0)
          let service = try files.file(
            "service",
            "[s]\nhost=\(folder)\nport=\(port)\nuser=\(role)\ndbname=postgres\npassword=\(password)\n".utf8)
          ways += [
            Case(name: "passfile", arguments: guarded.options(role), environment: ["PGPASSFILE": passfile])
          ]
          // Nor is a line of a service file longer than 1,024 bytes.
          if password.utf8.count < 1_000 {
            ways += [
              Case(name: "service", arguments: ["-d", "service=s"], environment: ["PGSERVICEFILE": service])
            ]
          }
        }
        for way in role == "plain" ? ways : Array(ways.dropFirst(password.count % 4).prefix(1)) {
          var example = way
          example.arguments =
            ["analyze", "-v", "-o", "REPORT", "--no-experiments"] + way.arguments + [Self.sql]
          try await listen(to: example)
        }
      }
      expectSilence(try String(contentsOfFile: guarded.server.logFile, encoding: .utf8), "the server's log")
    }
  }

  @Test func keepsAPasswordToItselfWhenSomethingIsWrong() async throws {
    let guarded = try await GuardedServer.made.value
    let (folder, port) = (guarded.server.socketDirectory, guarded.server.port)
    let canary = Self.canary
    let uri = "postgresql://plain:\(canary)@"
    let wrong = ["PGPASSWORD": canary + "x"]
    let at = "host=\(Self.encoded(folder))&port=\(port)"
    let cases = [
      Case(
        name: "wrong password", arguments: ["analyze", "-v", Self.sql] + guarded.options("plain"),
        environment: wrong, status: 77),
      Case(
        name: "wrong, quiet", arguments: ["analyze", "-q", Self.sql] + guarded.options("plain"),
        environment: wrong, status: 77),
      Case(
        name: "wrong, rewrite", arguments: ["rewrite", Self.sql] + guarded.options("plain"),
        environment: wrong, status: 77),
      Case(
        name: "wrong in a URI",
        arguments: ["analyze", Self.sql, "-d", "postgresql://plain:\(canary)x@/postgres?\(at)"], status: 77),
      Case(name: "server down", arguments: ["analyze", Self.sql, "-d", uri + "127.0.0.1:1/db"], status: 69),
      Case(
        name: "unknown host", arguments: ["analyze", Self.sql, "-d", uri + "no.such.host.invalid/db"],
        status: 69),
      Case(
        name: "no such database", arguments: ["analyze", Self.sql, "-d", uri + "/nothing?\(at)"], status: 69),
      Case(name: "no such port", arguments: ["analyze", Self.sql, "-d", uri + "h:x/db"], status: 64),
      Case(
        name: "an @ too many",
        arguments: ["analyze", Self.sql, "-d", "postgresql://plain:p@\(canary)@127.0.0.1:1/db"], status: 69),
      Case(
        name: "a / too many", arguments: ["analyze", Self.sql, "-d", "postgresql://plain:\(canary)/x@h/db"],
        status: 64),
      Case(
        name: "a : too many",
        arguments: ["analyze", Self.sql, "-d", "postgresql://plain:a:\(canary)@127.0.0.1:1/db"], status: 69),
      Case(
        name: "bad escape", arguments: ["analyze", Self.sql, "-d", "postgresql://plain:%zz\(canary)@h/db"],
        status: 64),
      Case(
        name: "bracket", arguments: ["analyze", Self.sql, "-d", "postgresql://[\(canary)@127.0.0.1:1/db"],
        status: 69),
      Case(
        name: "unknown key", arguments: ["analyze", Self.sql, "-d", "host=h passwort=\(canary)"], status: 64),
      Case(name: "no =", arguments: ["analyze", Self.sql, "-d", "host=h password=a \(canary)"], status: 64),
      Case(
        name: "open quote", arguments: ["analyze", Self.sql, "-d", "host=h password='\(canary)"], status: 64),
      Case(
        name: "unknown query key",
        arguments: ["analyze", Self.sql, "-d", "postgresql://h/db?pass=\(canary)"], status: 64),
      Case(
        name: "key's password",
        arguments: [
          "analyze", Self.sql, "-d",
          "host=\(folder) port=\(port) user=plain sslpassword=\(canary) sslkey=/\(canary) password=\(canary)x",
        ], status: 77),
      Case(name: "as a host", arguments: ["analyze", Self.sql, "-h", uri + "h/db"], status: 69),
      Case(name: "as a port", arguments: ["analyze", Self.sql, "-p", uri + "h/db"], status: 64),
      Case(name: "as a statement", arguments: ["analyze", uri + "h/db"], status: 64),
      Case(name: "conninfo as a statement", arguments: ["rewrite", "host=h password=\(canary)"], status: 64),
      Case(name: "in a statement", arguments: ["rewrite", "SELECT 1 FROM \(uri)h/db"], status: 65),
      Case(name: "as a file", arguments: ["analyze", "-f", uri + "h/db"], status: 66),
      Case(name: "as a report", arguments: ["reassess", uri + "h/db"], status: 66),
      Case(name: "as a plan", arguments: ["offline", uri + "h/db"], status: 66),
      Case(name: "to be checked", arguments: ["check", uri + "h/db"], status: 66),
      Case(name: "as an output", arguments: ["analyze", "-o", uri + "h/db", Self.sql], status: 73),
      Case(name: "as the demo's output", arguments: ["demo", "-o", uri + "h/db"], status: 73),
      Case(name: "as a command", arguments: [uri + "h/db"], status: 64),
      Case(name: "too many arguments", arguments: ["analyze", Self.sql, uri + "h/db"], status: 64),
      Case(
        name: "with a misspelt option", arguments: ["analyze", "--dbnam=\(uri)h/db", Self.sql], status: 64),
      Case(
        name: "beside one", arguments: ["analyze", "--nothing", "--dbname=password=\(canary)", Self.sql],
        status: 64),
      Case(name: "as a setting", arguments: ["analyze", "--set", uri + "h/db", Self.sql], status: 64),
      Case(
        name: "PGOPTIONS", arguments: ["analyze", "-v", Self.sql] + guarded.options("postgres"),
        environment: ["PGOPTIONS": "-c app.token=\(canary)", "PGPASSWORD": canary]),
      Case(name: "PGHOST", arguments: ["analyze", Self.sql], environment: ["PGHOST": uri + "h"], status: 69),
    ]
    for example in cases { try await listen(to: example) }
    expectSilence(
      try String(contentsOfFile: guarded.server.logFile, encoding: .utf8).split(separator: "\n")
        // The canary is the host's, not this program's, in a name that the server was asked for.
        .joined(separator: "\n"), "the server's log")
  }

  @Test func keepsAPasswordOutOfTheAddendum() async throws {
    let guarded = try await GuardedServer.made.value
    try await Scratch.withFolder { folder in
      let file = folder.appending(path: "report.md").path
      let uri =
        "postgresql://plain:\(Self.canary)@/postgres?host=\(Self.encoded(guarded.server.socketDirectory))&port=\(guarded.server.port)"
      #expect(
        try await Plandx.run(["analyze", "--no-experiments", "-o", file, "-d", uri, Self.sql]).status == 0)
      let run = try await Plandx.run(["reassess", "-v", "-d", uri, file])
      #expect(run.status == 0)
      expectSilence(run.errors, "stderr")
      expectSilence(try folder.text("report.md"), "the report")
      #expect(try folder.text("report.md").contains("## Addendum"))
    }
  }

  /// Its server is a child, with children of its own.
  @Test func keepsTheEnvironmentOutOfTheDemo() async throws {
    try await Scratch.withFolder { folder in
      let invocation = try Invocation(
        ["demo", "-o", folder.appending(path: "report.md").path],
        environment: ["PGPASSWORD": Self.canary, "PGOPTIONS": "-c app.token=\(Self.canary)"])
      var seen: Set<pid_t> = []
      for _ in 0..<500 where seen.isEmpty {
        seen = Self.listenToChildren(of: invocation.process)
        try await Task.sleep(for: .milliseconds(20))
      }
      #expect(!seen.isEmpty)
      kill(invocation.process, SIGTERM)
      let run = try await invocation.end()
      #expect(run.status == 143)
      expectSilence(run.output + run.errors, "the demo")
      #expect(try folder.names().isEmpty)
    }
  }

  @Test func printsNoMemoryWhenItCrashes() async throws {
    let guarded = try await GuardedServer.made.value
    let invocation = try Invocation(
      ["analyze", "SELECT pg_sleep(60)"] + guarded.options("plain"), environment: ["PGPASSWORD": Self.canary])
    while try await guarded.server.run(
      sql: "SELECT count(*) FROM pg_stat_activity WHERE usename = 'plain' AND wait_event = 'PgSleep'")
      != "1\n"
    {
      try await Task.sleep(for: .milliseconds(20))
    }
    kill(invocation.process, SIGSEGV)
    let run = try await invocation.end()
    #expect(run.status == 128 + SIGSEGV)
    #expect(run.output.isEmpty)
    #expect(run.errors.isEmpty)
    try await guarded.server.run(
      sql: "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'plain'")
  }
}
