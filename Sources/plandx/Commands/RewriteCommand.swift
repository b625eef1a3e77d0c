import ArgumentParser
import Catalog
import Postgres
import Statements
import Workflow

/// `plandx rewrite`: the SELECT that analyze would run, or the rejection.
struct RewriteCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "rewrite", abstract: "Print the SELECT that analyze would run, or why there is none.",
    discussion: """
      Without a connection ordinary PostgreSQL tables are assumed, or with --engine dsql tables without \
      ctid; with one, views are known.
      """)

  @OptionGroup(title: "Statement") var input: StatementInput
  @OptionGroup(title: "Connection") var connection: ConnectionOptions

  @Option(help: "The engine that will run it: postgres, dsql.")
  var engine: EngineProfile.Engine = .postgres

  @Flag(name: [.short, .long], help: "Log every statement that is sent, with its time.")
  var verbose = false

  mutating func run() async throws {
    let text = try input.text()
    let assumed = EngineProfile.profile(of: engine)
    let admitted = try LiveRun.admitForReading(
      text, form: try await connection.isGiven ? knownForm(text) : RewriteForm(assumed))
    for note in admitted.notes { StandardError.write("plandx: \(note)\n") }
    try StandardOutput.write(admitted.sql.text + ";\n")
  }

  private func knownForm(_ text: StatementText) async throws -> RewriteForm {
    _ = try LiveRun.admitForReading(text)
    do throws(PostgresError) {
      let session = try await Session.connect(connection.settings, log: verbose ? LiveRun.log : nil)
      let identity = try await session.identify()
      let preparing = StatementPreparation(engine: EngineProfile.profile(of: identity.engine), settings: [])
      return try await preparing.rewriteForm(of: text, on: session)
    } catch {
      throw CommandFailure(error)
    }
  }
}

extension EngineProfile.Engine: ExpressibleByArgument {}
