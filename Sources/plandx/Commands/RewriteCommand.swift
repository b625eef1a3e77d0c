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
      ctid; with one, the server says which engine it is, which relations are views, partitioned or foreign, \
      and which types the columns have. A connection is made only where an option names it; PG* variables \
      and service files then fill in the rest, but make none by themselves: -d "" connects to what they say.
      """)

  @OptionGroup(title: "Statement") var input: StatementInput
  @OptionGroup(title: "Connection") var connection: ConnectionOptions

  @Option(help: "The engine that will run it: postgres, dsql.")
  var engine: EngineProfile.Engine = .postgres

  @Flag(name: [.short, .long], help: OutputOptions.verboseHelp)
  var verbose = false

  @Option(help: "Look names up as this role (SET ROLE); needs a connection.")
  var role: String?

  @Option(help: "The application's search_path, by which names are looked up; needs a connection.")
  var searchPath: String?

  func validate() throws {
    guard !connection.isGiven, role != nil || searchPath != nil else { return }
    throw ValidationError("--role and --search-path need a connection: give -h, -p, -U or -d")
  }

  mutating func run() async throws {
    let text = try input.text()
    let assumed = EngineProfile.profile(of: engine)
    let admitted = try LiveRun.admitForReading(
      text, form: try await connection.isGiven ? knownForm(text) : RewriteForm(assumed))
    for note in admitted.notes { StandardError.write("plandx: \(note)\n") }
    try StandardOutput.write(PrintableSQL.text(admitted.sql.text) + ";\n")
  }

  /// By what the names in the statement are looked up.
  private var settings: [TransactionSettings.Setting] {
    let path = searchPath.map { [TransactionSettings.Setting("search_path", $0)] } ?? []
    return path + (role.map { [TransactionSettings.Setting("role", $0)] } ?? [])
  }

  private func knownForm(_ text: StatementText) async throws -> RewriteForm {
    _ = try LiveRun.admitForReading(text)
    let interruption = Interruption(writesToStdout: true)
    do {
      return try await knownForm(text, interruption)
    } catch {
      throw interruption.failure ?? error
    }
  }

  private func knownForm(_ text: StatementText, _ interruption: Interruption) async throws -> RewriteForm {
    let session = try await connection.connect(interruption.cancelHandle, log: verbose ? LiveRun.log : nil)
    do throws(PostgresError) {
      let identity = try await session.identify()
      let preparing = StatementPreparation(
        engine: EngineProfile.profile(of: identity.engine), settings: settings)
      return try await preparing.rewriteForm(of: text, on: session)
    } catch {
      throw CommandFailure(error)
    }
  }
}

extension EngineProfile.Engine: ExpressibleByArgument {}
