import ArgumentParser
import Reporting

/// `plandx check`: verifies a report against the required elements.
struct CheckCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check", abstract: "Verify that a report has every required element.",
    discussion: "Prints what is missing, line by line, and exits with 1 if anything is.")

  @Argument(help: "The report.")
  var report: String

  mutating func run() throws {
    let bytes = try InputFile(path: report).bytes()
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw CommandFailure(.unusableInput, "\(report): the file is not UTF-8 text")
    }
    guard text.hasPrefix("# ") else {
      throw CommandFailure(
        .unusableInput, "\(report): no report: its first line is no title; run plandx analyze")
    }
    let missing = Checklist.check(text)
    guard !missing.isEmpty else {
      StandardError.write("plandx: \(report) is complete\n")
      return
    }
    try StandardOutput.write(missing.map { "\(report):\($0.line): \($0.message)\n" }.joined())
    throw CommandFailure.silent(.checkFailed)
  }
}
