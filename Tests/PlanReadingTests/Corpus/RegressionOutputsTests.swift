import Foundation
import PlanReading
import Testing

/// Every plan that PostgreSQL's own regression tests print, as far as `scripts/fetch-regression-outputs` could
/// have them.
@Suite struct RegressionOutputsTests {
  /// Plans whose figures the suite replaces by `N` before it prints them, by output, in release 15.
  private static let redacted = [
    "src/test/regress/expected/explain.out": 7,
    "src/test/regress/expected/memoize.out": 9,
    "src/test/regress/expected/partition_prune.out": 12,
  ]

  @Test func readsAndWritesEveryPlan() throws {
    guard let outputs = RegressionOutputs() else {
      withKnownIssue("PostgreSQL's regression outputs are not here: \(RegressionOutputs.outcome)") {
        Issue.record("run scripts/fetch-regression-outputs")
      }
      return
    }
    let check = try CorpusCheck(outputs)
    #expect(check.faults == [])
    #expect(check.plans.count { $0.header == "QUERY PLAN" } == outputs.tablesOfPlans)
    #expect(check.textCount >= 1000)
    #expect(check.redactedByFile.values.reduce(0, +) * 50 <= check.plans.count)
    if outputs.isRelease15 { #expect(check.redactedByFile == Self.redacted) }
    try check.report.write(
      to: RegressionOutputs.folder.appending(path: "report"), atomically: true, encoding: .utf8)
  }
}

/// The outputs that the script left.
struct RegressionOutputs {
  static let folder = URL(filePath: #filePath).appending(path: "../../../../.build/regression-outputs")
    .standardized

  /// What the script said.
  static var outcome: String {
    let text = try? String(contentsOf: folder.appending(path: "outcome"), encoding: .utf8)
    return text?.split(separator: "\n").first.map(String.init) ?? "nobody has fetched them"
  }

  /// Outputs by their path in the source.
  let files: [(path: String, text: String)]

  /// `nil` where the script could not have them.
  init?() {
    guard Self.outcome.hasPrefix("available: ") else { return nil }
    let folder = Self.folder.appending(path: "outputs")
    let paths = FileManager.default.enumerator(atPath: folder.path)?.compactMap { $0 as? String } ?? []
    files = paths.filter { $0.hasSuffix(".out") }.sorted().compactMap { path in
      // Some are in the encodings that they test.
      (try? Data(contentsOf: folder.appending(path: path))).map {
        (path, String(decoding: $0, as: UTF8.self))
      }
    }
  }

  var isRelease15: Bool { Self.outcome.contains("postgresql-15 ") }

  /// Headers of plans, but for a statement that gave no rows, and psql's description of such a table.
  var tablesOfPlans: Int {
    files.reduce(0) { count, file in
      let lines = file.text.split(separator: "\n", omittingEmptySubsequences: false)
      return count
        + lines.indices.count {
          lines[$0].allSatisfy { " QUERYPLAN".contains($0) } && lines[$0].contains("QUERY PLAN")
            && $0 + 2 < lines.count && lines[$0 + 2] != "(0 rows)"
        }
    }
  }
}

/// What came of reading all plans.
private struct CorpusCheck {
  let plans: [PrintedPlan]
  private(set) var faults: [String] = []
  private(set) var textCount = 0
  private var nodeCount = 0
  private var redacted: [PrintedPlan] = []
  private var waiting: [PrintedPlan] = []

  init(_ outputs: RegressionOutputs) throws {
    plans = outputs.files.flatMap { PsqlOutput.plans(in: $0.text, file: $0.path) }
    for plan in plans {
      if plan.format == .text { checkText(plan) } else { checkOther(plan) }
    }
  }

  private mutating func checkText(_ plan: PrintedPlan) {
    textCount += 1
    let trip = RoundTrip(plan.text)
    nodeCount += trip.nodeCount
    if let line = trip.refusedLine, plan.isRedacted(line) {
      redacted.append(plan)
    } else {
      faults += trip.faults.map { "\(plan.file):\(plan.line): \($0)" }
    }
  }

  private mutating func checkOther(_ plan: PrintedPlan) {
    guard plan.isReadable else { return waiting.append(plan) }
    do {
      let count = try PlanReader.readAnswer(plan.text).plan.nodes.count
      nodeCount += count
      if count != plan.namedNodes { faults.append("\(plan.file):\(plan.line): \(count) nodes") }
    } catch {
      if plan.isRedacted(plan.text) {
        redacted.append(plan)
      } else {
        faults.append("\(plan.file):\(plan.line): \(error)")
      }
    }
  }

  /// Plans in TEXT that the suite itself made unreadable, by file.
  var redactedByFile: [String: Int] {
    redacted.filter { $0.format == .text }.reduce(into: [:]) { $0[$1.file, default: 0] += 1 }
  }

  /// Counts, and each plan that was not read, with its reason.
  var report: String {
    let files = Set(plans.map(\.file)).count
    let names = { (plans: [PrintedPlan], reason: String) in
      plans.map { "\($0.file):\($0.line): \(reason)\n" }.joined()
    }
    return """
      \(RegressionOutputs.outcome)
      \(plans.count) tables with plans in \(files) outputs, \(textCount) of them TEXT; \(nodeCount) nodes read; \
      \(redacted.count) plans redacted by the suite; \(waiting.count) in formats without a reader

      """ + names(redacted, "the suite replaced figures by N") + names(waiting, "no reader of this format")
  }
}

extension PrintedPlan: CustomTestStringConvertible {
  var testDescription: String { "\(file):\(line)" }

  /// Whether a function of the suite wrote `N` for figures in a text.
  func isRedacted(_ text: String) -> Bool {
    header != "QUERY PLAN" && ["=N", "N.N", " N,", ": N"].contains { text.contains($0) }
  }

  /// Whether there is a reader of its format.
  var isReadable: Bool { PlanFormat(rawValue: "\(format)") != nil }

  /// Nodes in JSON, YAML or XML.
  var namedNodes: Int {
    ["\"Node Type\":", " Node Type:", "<Node-Type>"].reduce(0) { $0 + text.ranges(of: $1).count }
  }
}
