import ArgumentParser
import Catalog
import Diagnosis
import PlanModel
import PlanReading
import Reporting
import Statements
import Workflow

/// `plandx offline`: the same report from a pasted plan, with no database.
struct OfflineCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "offline", abstract: "Analyze a pasted plan without a database.",
    discussion: """
      Reads EXPLAIN's output as TEXT, JSON, YAML or XML, with or without psql's decoration. What evidence \
      is missing is listed in the report with the SQL that collects it, which evidence-sql prints as well: \
      --stats takes what psql -At makes of it.
      """)

  @Argument(help: "The plan's file; - or nothing reads it from stdin.")
  var plan: String?

  @Option(help: "The statement of the plan, from a file.")
  var sql: String?

  @Option(
    help: ArgumentHelp("Evidence that psql -At collected with the SQL of evidence-sql.", valueName: "file"))
  var stats: String?

  @Option(help: "The engine: postgres, dsql (default: as the plan shows).")
  var engine: EngineProfile.Engine?

  @OptionGroup(title: "Output") var output: OutputOptions

  mutating func run() throws {
    let read = try readPlan()
    let statement = try sql.map { path in
      try LiveRun.admitForReading(StatementInput.statement(from: InputFile(path: path).bytes()))
    }
    let destination = try ReportDestination(
      output, statement: statement?.original, inputs: [plan, sql, stats])
    var analysis = OfflineAnalysis(
      read, statement: statement, engine: engine.map(EngineProfile.profile), showsAll: output.all)
    if let stats { analysis = try StatsInput(path: stats).added(to: analysis) }
    let report = analysis.report(version: Plandx.version, fileName: output.output)
    try destination.write(report)
    try Summary(report, output: output).finish()
  }

  private func readPlan() throws -> ReadPlan {
    guard let plan, plan != "-" else {
      return try Self.readPlan(from: InputFile.standardInput(wanted: "a plan"))
    }
    return try Self.readPlan(from: InputFile(path: plan).bytes())
  }

  /// Bytes as a plan.
  static func readPlan(from bytes: [UInt8]) throws -> ReadPlan {
    do throws(PlanReadingError) {
      return try PlanReader.read(bytes)
    } catch {
      throw CommandFailure(error)
    }
  }
}
