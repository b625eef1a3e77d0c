import ArgumentParser
import Catalog
import Diagnosis
import Foundation
import PlanReading
import Reporting
import Statements
import Workflow

/// `plandx reassess`: captures again after a change and appends the addendum.
struct ReassessCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "reassess", abstract: "Capture again after a change, and append the addendum to the report.",
    discussion: "The statement is taken from the report. The text above the addendum is never touched.")

  @Argument(help: "The report.")
  var report: String

  @Option(help: "What was changed, in your words (default: derived from the evidence).")
  var change: String?

  @Option(help: "Read the new plan from a file instead of capturing one.")
  var plan: String?

  @OptionGroup(title: "Connection") var connection: ConnectionOptions
  @OptionGroup(title: "Analysis") var flags: AnalysisFlags

  @Flag(name: [.short, .long], help: "No progress and no summary.")
  var quiet = false

  @Flag(name: [.short, .long], help: OutputOptions.verboseHelp)
  var verbose = false

  func validate() throws {
    if flags.dryRun, plan != nil {
      throw ValidationError("--dry-run lists what is sent; with --plan nothing is")
    }
  }

  mutating func run() async throws {
    let file = OutputFile(path: report, advice: "reassess a copy of it")
    let text = try reportText()
    let old = try readReport(text)
    if flags.dryRun { return try await live.printDryRun(try statement(of: old)) }
    try file.checkWritable()
    if let plan, file.isSame(as: FileState(plan)) {
      throw CommandFailure(.usage, "\(plan) is the report itself; --plan takes the new plan")
    }
    let fresh = try await freshReport(old)
    let reassessment = Reassessment(of: old, new: fresh, change: change)
    let addendum = try MarkdownReport().addendum(for: reassessment)
    try file.replace(with: ReportText.appending(addendum: addendum, to: text))
    if !quiet { StandardError.write("plandx: addendum written to \(report)\n") }
  }

  private func reportText() throws -> String {
    guard let text = String(validating: try InputFile(path: report).bytes(), as: UTF8.self) else {
      throw CommandFailure(.unusableInput, "\(report): the file is not UTF-8 text")
    }
    return text
  }

  private func readReport(_ text: String) throws -> ReportText {
    guard let old = ReportText(text) else {
      throw CommandFailure(
        .unusableInput, "\(report): no report of plandx, or its plan is no longer there; run analyze again")
    }
    return old
  }

  private func freshReport(_ old: ReportText) async throws -> DiagnosticReport {
    if let plan {
      let text = try old.statement.map { try StatementInput.statement(from: Array($0.utf8)) }
      let read = try OfflineCommand.readPlan(from: InputFile(path: plan).bytes())
      return OfflineAnalysis(
        read, statement: try text.map { try LiveRun.admitForReading($0) },
        engine: EngineProfile.profile(of: old.engine), showsAll: false
      ).report(version: Plandx.version, fileName: report)
    }
    return try await live.analyze(try statement(of: old), fileName: report)
  }

  private func statement(of old: ReportText) throws -> StatementText {
    guard let statement = old.statement else {
      throw CommandFailure(
        .unusableInput, "\(report): the report has no statement; give the new plan with --plan FILE")
    }
    return try StatementInput.statement(from: Array(statement.utf8))
  }

  /// An addendum tries nothing.
  private var live: LiveRun {
    var phases = flags
    phases.noExperiments = true
    return LiveRun(connection: connection, flags: phases, quiet: quiet, verbose: verbose)
  }
}
