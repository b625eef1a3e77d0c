import Foundation

/// How other releases write a plan that release 15 wrote. Sources: explain.c and ruleutils.c of each release.
struct ReleaseSpelling: Sendable {
  var release: String
  var rewrite: @Sendable (String) -> String

  static let all = [
    ReleaseSpelling(release: "9.6", rewrite: { withoutParams(lowercaseTimes($0)) }),
    ReleaseSpelling(release: "11", rewrite: { $0 }),
    ReleaseSpelling(release: "17", rewrite: { withNumberedResults($0) }),
    ReleaseSpelling(release: "18", rewrite: { withDecimals(withNumberedResults($0)) }),
    ReleaseSpelling(release: "19", rewrite: { withNames(withDecimals(withNumberedResults($0))) }),
  ]

  /// Up to release 9.6: `Planning time: 0.1 ms`.
  private static func lowercaseTimes(_ text: String) -> String {
    text.replacing("Planning Time:", with: "Planning time:")
      .replacing("Execution Time:", with: "Execution time:")
  }

  /// Releases 11 to 16 say which InitPlans a Gather evaluates.
  private static func withoutParams(_ text: String) -> String {
    text.replacing(/[ ]*Params Evaluated: .*\n/, with: "")
  }

  /// From release 17 on a result is named by its sub-plan and column, no longer by a parameter: `InitPlan 1`
  /// with `(InitPlan 1).col1` for `InitPlan 1 (returns $0)` with `$0`, and `hashed SubPlan 1` as `ANY`.
  private static func withNumberedResults(_ text: String) -> String {
    var results: [Substring: String] = [:]
    for heading in text.matches(of: /(InitPlan \d+) \(returns ([$\d,]+)\)/) {
      for (column, parameter) in heading.2.split(separator: ",").enumerated() {
        results[parameter] = "(\(heading.1)).col\(column + 1)"
      }
    }
    return withoutParams(text).replacing(/[ ]\(returns [$\d,]+\)/, with: "")
      .replacing(/\$\d+/) { results[$0.output] ?? String($0.output) }
      .replacing(/\((hashed SubPlan \d+)\)/) { "(ANY (x = (\($0.output.1)).col1))" }
  }

  /// From release 18 on rows are averages with two decimals.
  private static func withDecimals(_ text: String) -> String {
    text.replacing(/(actual [^)]*rows=\d+)[ ]/) { "\($0.output.1).00 " }
  }

  /// From release 19 on sub-plans are named after their kind, and the second CTE of a name gets a number.
  private static func withNames(_ text: String) -> String {
    var seen: [Substring: Int] = [:]
    return text.replacing(/hashed SubPlan (\d+)/) { "hashed SubPlan any_\($0.output.1)" }
      .replacing(/SubPlan (\d+)/) {
        "SubPlan \(text.contains("hashed SubPlan \($0.output.1)") ? "any" : "expr")_\($0.output.1)"
      }
      .replacing(/InitPlan (\d+)/) { "InitPlan expr_\($0.output.1)" }
      .replacing(/(?m)^( *CTE )(\w+)$/) { heading in
        seen[heading.output.2, default: -1] += 1
        let number = seen[heading.output.2] ?? 0
        return heading.output.1 + heading.output.2 + (number > 0 ? "_\(number)" : "")
      }
  }
}
