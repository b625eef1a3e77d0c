import ArgumentParser
import Catalog
import Diagnosis
import Foundation
import Postgres
import Reporting
import Statements
import Workflow

/// `plandx analyze`: from a statement and a database to the report.
struct AnalyzeCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "analyze", abstract: "Analyze one statement on a live database and write the report.",
    discussion: """
      Exit status: 0 done, 3 --fail-on reached, 65 statement rejected or in error, 69 database not \
      reachable, 73 output not writable, 75 worth trying again, 77 permission denied, \
      129/130/131/143 interrupted.
      """)

  @OptionGroup(title: "Statement") var input: StatementInput
  @OptionGroup(title: "Connection") var connection: ConnectionOptions
  @OptionGroup(title: "Analysis") var flags: AnalysisFlags
  @OptionGroup(title: "Output") var output: OutputOptions

  @Option(
    help: ArgumentHelp(
      "Compare the captured plan with one made before, from a file in any form of EXPLAIN's output; - is stdin.",
      valueName: "file"))
  var pasted: String?

  func validate() throws {
    if pasted == "-", input.isStandardInput {
      throw ValidationError(
        "--pasted - takes the plan from stdin; give the statement as an argument or with -f")
    }
  }

  mutating func run() async throws {
    let text = try input.text()
    // Rejected before any connection is made, and before an output file is touched.
    let admitted = try LiveRun.admit(text, form: .rowIdentifiers(), flags)
    let earlier = try pasted.map { try PastedPlanInput(path: $0).plan() }
    let live = LiveRun(
      connection: connection, flags: flags, quiet: output.quiet, verbose: output.verbose, color: output.color,
      showsAll: output.all)
    if flags.dryRun { return try await live.printDryRun(text) }
    let destination = try ReportDestination(
      output, statement: admitted.original, inputs: [input.file, pasted])
    var report = try await live.analyze(text, fileName: output.output)
    report.pasted = earlier
    try destination.write(report)
    try Summary(report, output: output).finish()
  }
}
