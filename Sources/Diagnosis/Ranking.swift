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
    let groups = groups(of: findings).sorted { stands($0, before: $1) }
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
    let byKey = Dictionary(findings.map { ($0.key, $0) }, uniquingKeysWith: { first, _ in first })
    var members: [ProblemKey: [Finding]] = [:]
    for finding in findings {
      members[root(of: finding, in: byKey).key, default: []].append(finding)
    }
    return members.compactMap { key, members in
      guard let cause = byKey[key] else { return nil }
      let effects = members.filter { $0.key != key }.sorted { $0.impact.share > $1.impact.share }
      return Group(members: [cause] + effects)
    }
  }

  /// Follows causes upwards; a circle ends where it would close.
  private static func root(of finding: Finding, in byKey: [ProblemKey: Finding]) -> Finding {
    var current = finding
    var seen: Set<ProblemKey> = [finding.key]
    while let key = current.explainedBy, let cause = byKey[key], seen.insert(key).inserted {
      current = cause
    }
    return current
  }

  private static func stands(_ a: Group, before b: Group) -> Bool {
    a.impact.share == b.impact.share ? a.position < b.position : a.impact.share > b.impact.share
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
