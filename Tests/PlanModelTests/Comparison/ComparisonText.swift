import PlanModel
import PlanReading

/// A comparison in short lines, so that a table of plans shows what differs.
struct ComparisonText {
  private let comparison: PlanComparison

  init(_ before: String, _ after: String, secondHasSettings: Bool = true) throws {
    comparison = PlanComparison(
      try PlanReader.read(before).plan, try PlanReader.read(after).plan, secondHasSettings: secondHasSettings)
  }

  var lines: [String] {
    (comparison.areRelated ? [] : ["unrelated"]) + shape + changed + only + figures + settings + gaps
      + comparison.leftOut.map { "left out: \($0.label)" }
  }

  private var shape: [String] {
    switch comparison.shape {
    case .same: []
    case .sameButForWorkers: ["same but for workers"]
    case .differs(let difference):
      ["first: \(before(difference.before)) | \(after(difference.after))"]
    }
  }

  private var changed: [String] {
    comparison.changedNodes.map { "changed: \(before($0.before)) | \(after($0.after))" }
  }

  private var only: [String] {
    comparison.onlyBefore.map { "gone: \(before($0))" } + comparison.onlyAfter.map { "new: \(after($0))" }
  }

  private var figures: [String] {
    (comparison.totals.filter { $0.before != $0.after } + comparison.changes).map { change in
      let node = change.nodes.map { " of \(after($0.after))" } ?? ""
      return "\(change.figure)\(node): \(number(change.before)) | \(number(change.after))"
    }
  }

  private var settings: [String] {
    comparison.settings.map { "\($0.name): \($0.before ?? "default") | \($0.after ?? "default")" }
  }

  private var gaps: [String] {
    comparison.gaps.map { gap in
      switch gap {
      case .notPrinted(let missing, let sides):
        "no \(missing) \(sides.map { "\($0)" }.joined(separator: " and "))"
      case .estimatesPerLoop(let count): "\(count) estimates per loop"
      case .executionTimeOfStatement: "execution time of the statement"
      }
    }
  }

  private func before(_ index: Int?) -> String { index.map { comparison.before.nodes[$0].label } ?? "–" }
  private func after(_ index: Int?) -> String { index.map { comparison.after.nodes[$0].label } ?? "–" }
  private func number(_ value: Double?) -> String {
    value.map { "\(($0 * 1000).rounded() / 1000)" } ?? "never"
  }
}
