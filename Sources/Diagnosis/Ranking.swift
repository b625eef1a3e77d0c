import Catalog
import PlanModel

/// Puts findings in the order in which a DBA should deal with them.
///
/// Findings that are cause and effect form a group. The group ranks by its largest impact, the cause
/// stands first, inherits that impact, and alone keeps its remedies.
public enum Ranking {
  /// Findings below this share of the execution are only counted (report.md, "Severity").
  public static let smallestShare = 0.01
  /// Findings below this many milliseconds are only counted (report.md, "Severity").
  public static let smallestMilliseconds = 1.0

  /// Ranks findings; `showingAll` keeps the minor ones in the list.
  public static func rank(_ findings: [Finding], showingAll: Bool = false) -> RankedFindings {
    let groups = groups(of: findings).enumerated().sorted { a, b in
      stands(a.element, before: b.element) ?? (a.offset < b.offset)
    }.map(\.element)
    let printed = showingAll ? groups : groups.filter { !isMinor($0.impact) || $0.mustBePrinted }
    let minor = showingAll ? [] : groups.filter { isMinor($0.impact) && !$0.mustBePrinted }
    return RankedFindings(findings: numbered(printed), minor: minor.flatMap(\.members))
  }

  /// Whether an impact is too small to print.
  static func isMinor(_ impact: Impact) -> Bool {
    impact.share < smallestShare || impact.milliseconds.map { $0 < smallestMilliseconds } ?? false
  }

  // MARK: Groups

  /// A cause and what follows from it.
  private struct Group {
    var members: [Finding]
    var cause: Finding { members[0] }
    var impact: Impact { members.map(\.impact).max { $0.share < $1.share } ?? .none }
    /// Impossible figures and failed trials cost no time that could be measured.
    var mustBePrinted: Bool { cause.isBugReport || cause.appliesTo != .originalQuery }
    var position: Int { members.flatMap(\.blamedNodes).min() ?? 0 }
  }

  private static func groups(of findings: [Finding]) -> [Group] {
    let positions = Dictionary(
      findings.enumerated().map { ($1.key, $0) }, uniquingKeysWith: { first, _ in first })
    let roots = findings.indices.map { root(of: $0, among: findings, positions) }
    return Set(roots).sorted().map { root in
      let effects = findings.indices.filter { roots[$0] == root && $0 != root }
      let ordered = effects.sorted { a, b in
        let (first, second) = (findings[a].impact.share, findings[b].impact.share)
        return first == second ? a < b : first > second
      }
      return Group(members: [findings[root]] + ordered.map { findings[$0] })
    }
  }

  /// Follows causes upwards. In a circle nobody is the cause: its first finding stands for it.
  private static func root(
    of finding: Int, among findings: [Finding], _ positions: [ProblemKey: Int]
  ) -> Int {
    var path = [finding]
    while let key = findings[path[path.count - 1]].explainedBy, let cause = positions[key] {
      if let start = path.firstIndex(of: cause) { return path[start...].min() ?? finding }
      path.append(cause)
    }
    return path[path.count - 1]
  }

  /// By impact, then by place in the plan; `nil` where both are the same.
  private static func stands(_ a: Group, before b: Group) -> Bool? {
    if a.impact.share != b.impact.share { return a.impact.share > b.impact.share }
    return a.position == b.position ? nil : a.position < b.position
  }

  // MARK: Numbers

  private static func numbered(_ groups: [Group]) -> [RankedFinding] {
    var ranked: [RankedFinding] = []
    for group in groups {
      let causeNumber = ranked.count + 1
      for (offset, member) in group.members.enumerated() {
        ranked.append(
          offset == 0
            ? cause(member, of: group, number: causeNumber)
            : consequence(member, number: causeNumber + offset, of: causeNumber))
      }
    }
    return ranked
  }

  private static func cause(_ finding: Finding, of group: Group, number: Int) -> RankedFinding {
    var finding = finding
    finding.impact = group.impact
    return RankedFinding(number: number, finding: finding, severity: finding.severity)
  }

  private static func consequence(_ finding: Finding, number: Int, of cause: Int) -> RankedFinding {
    var finding = finding
    finding.remedies = []
    return RankedFinding(
      number: number, finding: finding, severity: finding.severity, consequenceOf: cause)
  }
}

extension Finding {
  /// Whether the server's own figures are what is wrong.
  public var isBugReport: Bool { remedies.contains { $0.action == .reportBug } }

  /// From the impact, or `BUG REPORT`.
  public var severity: Severity { isBugReport ? .bugReport : Severity(share: impact.share) }
}
