import ArgumentParser
import ThrowawayServer

/// `plandx demo`: the whole way on a throwaway server.
struct DemoCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "demo", abstract: "Analyze a slow query on a throwaway PostgreSQL.",
    discussion: """
      Starts a PostgreSQL of this machine in a temporary folder on a unix socket, loads a schema with a \
      planted fault, analyzes a slow query, writes the report, and stops the server. Nothing but the \
      report is left behind.
      """)

  @Option(name: [.short, .long], help: "The report's file.")
  var output = "report.md"

  @Flag(help: "Replace the file even when it is no report of the demo.")
  var force = false

  mutating func run() async throws {
    // What cannot be written is known before anything is started.
    let options = try OutputOptions.parse(reportArguments)
    _ = try ReportDestination(options, statement: DemoCase.query)
    let interruption = DemoInterruption()
    do {
      try await analyzeOnThrowawayServer(interruption)
    } catch {
      await ThrowawayServer.removeTemplates()
      throw interruption.failure ?? Self.failure(error)
    }
    await ThrowawayServer.removeTemplates()
    Self.say("stopped the server and removed its folder; the report is in \(output)")
  }

  private func analyzeOnThrowawayServer(_ interruption: DemoInterruption) async throws {
    Self.say("starting a throwaway PostgreSQL in a temporary folder")
    try await ThrowawayServer.withServer(settings: DemoCase.settings) { server in
      try interruption.watch(over: server)
      Self.say("loading \(DemoCase.description)")
      try await server.run(sql: DemoCase.schema)
      Self.say("running plandx analyze on a slow query")
      try await analyze(on: server)
    }
  }

  private func analyze(on server: ThrowawayServer) async throws {
    let connection = [
      "-h", server.socketDirectory, "-p", "\(server.port)", "-U", server.user, "-d", "postgres",
    ]
    var command = try AnalyzeCommand.parse(connection + reportArguments + [DemoCase.query])
    try await command.run()
  }

  private var reportArguments: [String] { ["-o", output] + (force ? ["--force"] : []) }

  private static func say(_ words: String) { StandardError.write("plandx demo: \(words)\n") }

  private static func failure(_ error: any Error) -> any Error {
    (error as? ThrowawayServerError).map(CommandFailure.init) ?? error
  }
}
