import Foundation
import Reporting
import Statements

/// Where a report goes: stdout, or a file that is replaced only when nothing is lost by it.
struct ReportDestination {
  private let file: OutputFile?
  private let force: Bool
  private let statement: String?

  /// Checks, before any work is done, that the report can be written.
  ///
  /// - Parameters:
  ///   - statement: the report's statement; `nil` where it has none.
  ///   - inputs: files that are read, which the report must not replace even by force.
  /// - Throws: `CommandFailure` when the file cannot be written, or holds something that this report
  ///   would destroy: another statement's report, one with an addendum, or no report at all.
  init(_ options: OutputOptions, statement: String?, inputs: [String?] = []) throws {
    file = options.output.map { OutputFile(path: $0) }
    force = options.force
    // As it stands in a report.
    self.statement = statement.map(PrintableSQL.text)
    guard let file else { return }
    try file.checkWritable()
    let read = inputs.compactMap { $0 }.map { FileState($0) } + [FileState(descriptor: STDIN_FILENO)]
    guard !read.contains(where: file.isSame) else {
      throw notReplaced(file, "it is what is read", advice: "choose another file with -o")
    }
    try checkNothingIsLost(file)
  }

  private func checkNothingIsLost(_ file: OutputFile) throws {
    guard !force, let reason = reasonToKeep(file) else { return }
    throw notReplaced(file, reason, advice: "use --force or another file")
  }

  private func reasonToKeep(_ file: OutputFile) -> String? {
    guard let old = file.existingText() else { return "it is not a report of plandx" }
    guard !old.isEmpty else { return nil }
    guard let report = ReportText(old) else { return "it is not a report of plandx" }
    if report.addendumCount > 0 { return "it has an addendum" }
    return report.statement == statement ? nil : "it is the report of another statement"
  }

  private func notReplaced(_ file: OutputFile, _ reason: String, advice: String) -> CommandFailure {
    CommandFailure(
      .outputFailed, "\(HiddenCharacters.name(file.path)) is not replaced: \(reason); \(advice)")
  }

  /// Prints the report to stdout, or replaces the file.
  ///
  /// - Throws: `CommandFailure`. A report that no file could take goes to stdout: what it tells may have
  ///   taken long to find out.
  func write(_ report: DiagnosticReport) throws {
    let text = try MarkdownReport().text(of: report)
    guard let file else { return try StandardOutput.write(text) }
    do {
      try replace(file, with: text)
    } catch let failure as CommandFailure {
      guard (try? StandardOutput.write(text)) != nil else { throw failure }
      throw CommandFailure(failure.status, "\(failure.message); this report went to stdout")
    }
  }

  private func replace(_ file: OutputFile, with text: String) throws {
    var file = file
    while try !file.replaceIfUnchanged(with: text) {
      // What somebody has put there meanwhile is worth as much as what was there before.
      file = OutputFile(path: file.path)
      try checkNothingIsLost(file)
    }
  }
}
