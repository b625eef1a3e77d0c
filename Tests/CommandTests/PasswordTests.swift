import Foundation
import Testing
import ThrowawayServer

/// Where a password comes from, and how it is asked for.
@Suite struct PasswordTests {
  private static let sql = "SELECT count(*) FROM orders"
  /// Gives the program a terminal of its own.
  private static let onTerminal = ["/usr/bin/setsid", "--ctty", "--wait"]
  /// Takes the terminal away: as under cron.
  private static let withoutTerminal = ["/usr/bin/setsid", "--wait"]

  private func start(_ arguments: [String], on terminal: Terminal) throws -> Invocation {
    try Invocation(
      arguments, input: .handle(terminal.side), errors: terminal.side, prefix: Self.onTerminal)
  }

  private func options(_ role: String) async throws -> [String] {
    try await GuardedServer.made.value.options(role)
  }

  @Test(arguments: ["plain", "special", "token", "short"])
  func asksForAPasswordWhenTheServerWantsOne(_ role: String) async throws {
    let terminal = try Terminal()
    let invocation = try await start(["analyze", "-q", Self.sql] + options(role), on: terminal)
    var shown = try await terminal.wait(for: "Password for user \(role): ")
    #expect(!terminal.echoes)
    terminal.type("wrong\u{15}ü\u{7F}" + GuardedServer.password(of: role) + "\n")
    let run = try await invocation.end()
    shown += terminal.shown()
    #expect(run.output.hasPrefix("# SQL Query Explainability"))
    #expect(run.status == 0)
    #expect(shown == "Password for user \(role): \r\n")
    #expect(terminal.echoes)
  }

  static let connecting: [[String]] = [
    ["analyze", "SELECT 1"], ["rewrite", "DELETE FROM orders"], ["rewrite", "-W", "DELETE FROM orders"],
  ]

  @Test(arguments: connecting)
  func asksOnceAndSaysThatThePasswordIsWrong(_ arguments: [String]) async throws {
    let terminal = try Terminal()
    let invocation = try await start(arguments + options("plain"), on: terminal)
    _ = try await terminal.wait(for: "Password for user plain: ")
    terminal.type("Kanarienvogel43\n")
    let run = try await invocation.end()
    let shown = terminal.shown()
    #expect(shown.contains("FATAL: password authentication failed for user \"plain\""))
    #expect(!shown.contains("Kanarienvogel43"))
    #expect(run.status == 77)
  }

  @Test func asksBeforeItConnectsByForce() async throws {
    let terminal = try Terminal()
    let options = try await options("postgres").dropFirst(2)
    let invocation = try start(["analyze", "-W", "-h", "/nowhere"] + options + ["SELECT 1"], on: terminal)
    _ = try await terminal.wait(for: "Password for user postgres: ")
    terminal.type("\n")
    #expect(try await invocation.end().status == 69)
  }

  static let interruptions: [(key: String, signal: Int32?, status: Int32)] = [
    ("abc\u{3}", nil, 130), ("\u{1C}", nil, 130), ("", SIGINT, 130), ("", SIGTERM, 143),
  ]

  @Test(arguments: interruptions)
  func leavesTheTerminalAsItWasWhenInterrupted(_ key: String, _ signal: Int32?, _ status: Int32) async throws
  {
    for command in ["analyze", "rewrite"] {
      let terminal = try Terminal()
      let invocation = try await start([command, "SELECT 1"] + options("plain"), on: terminal)
      _ = try await terminal.wait(for: "Password")
      terminal.type(key)
      if let signal { try kill(Self.child(of: invocation.process), signal) }
      #expect(try await invocation.end().status == status)
      #expect(terminal.shown().contains("plandx: interrupted: "))
      #expect(terminal.echoes)
    }
  }

  /// setsid forks only where it must.
  private static func child(of process: pid_t) throws -> pid_t {
    let children = try String(contentsOfFile: "/proc/\(process)/task/\(process)/children", encoding: .utf8)
    return children.split(separator: " ").first.flatMap { pid_t($0) } ?? process
  }

  @Test(arguments: [["-w"], [], ["-W"]])
  func neverWaitsWhereNobodyCanAnswer(_ options: [String]) async throws {
    for command in [["analyze", "SELECT 1"], ["rewrite", "SELECT 1"]] {
      let run = try await Plandx.run(
        command + options + self.options("plain"), prefix: Self.withoutTerminal)
      #expect(run.errors.hasPrefix("plandx: no "))
      #expect(
        run.errors.hasSuffix("; put the password into ~/.pgpass, PGPASSWORD or a service file\n"))
      #expect(run.errors.count { $0 == "\n" } == 1)
      #expect(run.status == 77)
    }
    let terminal = try Terminal()
    guard options == ["-w"] else { return }
    let invocation = try await start(["analyze", "-w", "SELECT 1"] + self.options("plain"), on: terminal)
    #expect(try await invocation.end().status == 77)
    #expect(!terminal.shown().contains("Password"))
  }

  @Test func takesNoPasswordAsAnArgument() async throws {
    let wrong = [
      ["analyze", "-W", "Kanarienvogel42", "SELECT 1"], ["rewrite", "--password", "Kanarienvogel42"],
      ["analyze", "--password=Kanarienvogel42", "SELECT 1"], ["reassess", "-WKanarienvogel42", "r.md"],
    ]
    for arguments in wrong {
      let run = try await Plandx.run(arguments)
      #expect(
        run.errors
          == "plandx: -W takes no value: it asks for the password on the terminal; or put the password into ~/.pgpass, PGPASSWORD or a service file\n"
      )
      #expect(run.status == 64)
    }
    let both = try await Plandx.run(["analyze", "-W", "-w", "SELECT 1"])
    #expect(both.errors == "plandx: -W and -w contradict each other; give one; see plandx --help\n")
    #expect(both.status == 64)
  }
}
