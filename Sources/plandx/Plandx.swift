import ArgumentParser
import Postgres

/// The command line: parses arguments, runs one command, and turns every error into one line and a status.
@main
struct Plandx: AsyncParsableCommand {
  /// This program's version, as `--version` and `pg_stat_activity` show it.
  static let version = "0.1.0"

  static let configuration = CommandConfiguration(
    commandName: "plandx",
    abstract: "Diagnose why a query is slow on PostgreSQL and Aurora DSQL, with evidence.",
    discussion: """
      Captures the plan without writing anything, finds the cause, tries what can be tried, and writes \
      a Markdown report. No telemetry; no network but the database.
      """,
    version: version,
    subcommands: [
      AnalyzeCommand.self, OfflineCommand.self, ReassessCommand.self, CheckCommand.self,
      RewriteCommand.self, EvidenceSQLCommand.self, BatchCommand.self, DemoCommand.self,
    ],
    // -h is the host, as in psql.
    helpNames: .long)

  static func main() async {
    Descriptor.occupyClosedStreams()
    CrashOutput.keepMemoryOut()
    Descriptor.outliveFileSizeLimits()
    InterruptSignals.ignoreBrokenPipes()
    do {
      try ConnectionOptions.refusePasswords(in: CommandLine.arguments)
      var command = try parseAsRoot(CommandLine.arguments.dropFirst().map(statementWithComment))
      if var command = command as? any AsyncParsableCommand {
        try await command.run()
      } else {
        try command.run()
      }
    } catch let failure as CommandFailure {
      failure.report()
      exit(withError: ExitCode(failure.status.rawValue))
    } catch {
      let code = exitCode(for: error)
      guard code == .validationFailure else { exit(withError: error) }
      CommandFailure(.usage, "\(message(for: error)); see plandx --help").report()
      exit(withError: code)
    }
  }

  /// A statement may begin with a comment, which would pass for an option: no option has a blank there.
  private static func statementWithComment(_ argument: String) -> String {
    argument.hasPrefix("--") && argument.dropFirst(2).first?.isWhitespace == true ? " " + argument : argument
  }
}
