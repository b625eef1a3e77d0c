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

  @Flag(name: [.short, .long], help: "Log every statement that is sent, with its time.")
  var verbose = false

  mutating func run() async throws {
    let file = OutputFile(path: report)
    let old = try oldReport()
    try file.checkWritable()
    let fresh = try await freshReport(old)
    try file.replace(with: old.appending(fresh, change: change))
    if !quiet { StandardError.write("plandx: addendum written to \(report)\n") }
  }

  private func oldReport() throws -> ExistingReport {
    let bytes = try InputFile(path: report).bytes()
    guard let text = String(validating: bytes, as: UTF8.self), let old = ExistingReport(reading: text) else {
      throw CommandFailure(
        .unusableInput, "\(report): no report of plandx, or its plan can no longer be read; run analyze again")
    }
    return old
  }

  private func freshReport(_ old: ExistingReport) async throws -> DiagnosticReport {
    let statement = old.statement.map { Array($0.utf8) }
    if let plan {
      let read = try OfflineCommand.readPlan(from: InputFile(path: plan).bytes())
      let admitted = try statement.map { try LiveRun.admitForReading(StatementInput.statement(from: $0)) }
      return OfflineAnalysis(read, statement: admitted, engine: nil, showsAll: false)
        .report(version: Plandx.version, fileName: report)
    }
    guard let statement else {
      throw CommandFailure(
        .unusableInput, "\(report): the report has no statement; give the new plan with --plan FILE")
    }
    var phases = flags
    phases.noExperiments = true
    let live = LiveRun(connection: connection, flags: phases, quiet: quiet, verbose: verbose)
    return try await live.analyze(StatementInput.statement(from: statement), fileName: report)
  }
}
