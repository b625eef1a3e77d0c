import Foundation
import Reporting
import Testing

@Suite struct GoldenReports {
  @Test(arguments: SampleReports.all)
  func printsEveryReportAsRecorded(_ sample: SampleReport) throws {
    let text = try MarkdownReport().text(of: sample.report)
    try Golden.compare(text, with: sample.name)
  }
}

/// Recorded texts, which a run compares itself with.
enum Golden {
  /// Records instead of comparing when this variable is set; such a run always fails.
  static let recordVariable = "PLANDX_RECORD"

  static func compare(_ text: String, with name: String) throws {
    let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appending(
      path: "Fixtures/\(name).md")
    if ProcessInfo.processInfo.environment[recordVariable] != nil {
      try Data(text.utf8).write(to: file)
      Issue.record("recorded \(name).md: read it, then run again without \(recordVariable)")
      return
    }
    let recorded = try String(decoding: Data(contentsOf: file), as: UTF8.self)
    let changed = zip(text.split(separator: "\n"), recorded.split(separator: "\n")).first { $0 != $1 }
    #expect(text == recorded, "first different line: \(changed.map { "\($0) / \($1)" } ?? "at the end")")
  }
}
