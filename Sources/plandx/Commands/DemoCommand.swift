import ArgumentParser
import Foundation
import ThrowawayServer
import Workflow

/// `plandx demo`: the whole way on a throwaway server.
struct DemoCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "demo", abstract: "Analyze a slow query on a throwaway PostgreSQL.",
    discussion: """
      Starts a PostgreSQL of this machine in a temporary folder on a unix socket, loads a schema with a \
      planted fault, analyzes a slow query, writes the report, and stops the server.
      """)

  @Option(name: [.short, .long], help: "The report's file.")
  var output = "report.md"

  mutating func run() async throws {
    StandardError.write("plandx demo: starting a throwaway PostgreSQL\n")
    do {
      let path = output
      try await ThrowawayServer.withServer { server in
        StandardError.write("plandx demo: loading \(DemoCase.description)\n")
        try await server.run(sql: DemoCase.schema)
        StandardError.write("plandx demo: plandx analyze -o \(path) \"\(DemoCase.query)\"\n")
        try await Self.analyze(on: server, into: path)
      }
    } catch let error as ThrowawayServerError {
      throw CommandFailure(.unreachable, "no throwaway server: \(error)")
    }
  }

  private static func analyze(on server: ThrowawayServer, into path: String) async throws {
    var command = try AnalyzeCommand.parse([
      "-h", server.socketDirectory, "-p", "\(server.port)", "-U", server.user, "-d", "postgres",
      "-o", path, "--force", DemoCase.query,
    ])
    try await command.run()
  }
}
