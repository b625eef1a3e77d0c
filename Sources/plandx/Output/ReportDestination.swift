import Foundation
import Reporting

/// Where a report goes: stdout, or a file that is replaced only when nothing is lost by it.
struct ReportDestination {
  private let file: OutputFile?

  /// Checks, before any work is done, that the report can be written.
  ///
  /// - Throws: `CommandFailure` when the file cannot be written, or holds something that this report
  ///   would destroy: another statement's report, one with an addendum, or no report at all.
  init(_ options: OutputOptions, statement: String?) throws {
    file = options.output.map(OutputFile.init)
    guard let file else { return }
    try file.checkWritable()
    guard !options.force, let old = file.existingText(), !old.isEmpty else { return }
    if let reason = Self.reasonToKeep(old, for: statement) {
      throw CommandFailure(
        .outputFailed, "\(file.path) is not replaced: \(reason); use --force or another file")
    }
  }

  private static func reasonToKeep(_ old: String, for statement: String?) -> String? {
    guard let report = ReportText(old) else { return "it is not a report of plandx" }
    if report.addendumCount > 0 { return "it has an addendum" }
    return report.statement == statement ? nil : "it is the report of another statement"
  }

  /// Prints the report to stdout, or replaces the file.
  func write(_ report: DiagnosticReport) throws {
    let text = try MarkdownReport().text(of: report)
    if let file { try file.replace(with: text) } else { try StandardOutput.write(text) }
  }
}
