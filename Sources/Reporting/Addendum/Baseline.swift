import Catalog
import Diagnosis
import PlanModel

/// What a later run compares itself with: the numbers of a report, for machines.
///
/// Stands as JSON in a comment at the end of a report, so that one file is enough for `reassess`.
public struct Baseline: Sendable, Equatable, Codable {
  /// The version of this form; a reader refuses a newer one.
  public var version: Int
  /// plandx's version.
  public var plandx: String
  /// The engine.
  public var engine: EngineProfile.Engine
  /// What the user's statement was.
  public var statementKind: ReportedStatement.Kind
  /// When it was captured, as printed; `nil` where not known.
  public var capturedAt: String?
  /// `Query Identifier`.
  public var queryIdentifier: String?
  /// The captured plan's figures.
  public var figures: PlanFigures
  /// The findings as printed, in order.
  public var findings: [BaselineFinding]
  /// Names of the indexes of the tables, sorted; `nil` where they are not known.
  public var indexes: [String]?
  /// Last ANALYZE per table, as the server printed it; tables without one are missing.
  public var analyzed: [String: String]

  /// The form that this version writes.
  public static let currentVersion = 1

  /// A baseline; see the properties.
  public init(
    version: Int = Baseline.currentVersion, plandx: String, engine: EngineProfile.Engine,
    statementKind: ReportedStatement.Kind, capturedAt: String?, queryIdentifier: String?,
    figures: PlanFigures,
    findings: [BaselineFinding], indexes: [String]?, analyzed: [String: String]
  ) {
    self.version = version
    self.plandx = plandx
    self.engine = engine
    self.statementKind = statementKind
    self.capturedAt = capturedAt
    self.queryIdentifier = queryIdentifier
    self.figures = figures
    self.findings = findings
    self.indexes = indexes
    self.analyzed = analyzed
  }

  /// The baseline of a report.
  public init(_ report: DiagnosticReport) {
    self.init(
      plandx: report.plandxVersion, engine: report.engine.engine, statementKind: report.statement.kind,
      capturedAt: report.capturedAt, queryIdentifier: report.plan.queryIdentifier,
      figures: PlanFigures(report.plan), findings: report.findings.findings.map(BaselineFinding.init),
      indexes: Self.indexNames(report.evidence), analyzed: Self.analyzeTimes(report.evidence))
  }

  /// Names of all indexes of the tables, sorted; `nil` where no table's indexes are known.
  static func indexNames(_ evidence: EvidenceBook) -> [String]? {
    let known = evidence.relations.compactMap(\.indexes)
    return known.isEmpty ? nil : known.joined().map(\.name).sorted()
  }

  /// Last ANALYZE per table.
  static func analyzeTimes(_ evidence: EvidenceBook) -> [String: String] {
    var times: [String: String] = [:]
    for relation in evidence.relations {
      if let time = relation.statistics.lastAnalyze { times[relation.name.label] = time }
    }
    return times
  }
}

/// A finding as a later run needs it: to find it again, and to judge its prediction.
public struct BaselineFinding: Sendable, Equatable, Codable {
  /// As printed.
  public var number: Int
  /// The title as printed.
  public var title: String
  /// As printed.
  public var severity: Severity
  /// The kind of problem and what has it.
  public var key: ProblemKey?
  /// Impact in milliseconds; `nil` without node times.
  public var milliseconds: Double?
  /// Impact's share, 0 to 1.
  public var share: Double
  /// The finding that causes this one.
  public var consequenceOf: Int?
  /// Milliseconds that the first remedy was expected to save; `nil` where no number was given.
  public var predictedSaving: Double?
  /// Whether ``predictedSaving`` is an upper bound, not a measured figure.
  public var isUpperBound: Bool

  /// A finding; see the properties.
  public init(
    number: Int, title: String, severity: Severity, key: ProblemKey?, milliseconds: Double?, share: Double,
    consequenceOf: Int? = nil, predictedSaving: Double? = nil, isUpperBound: Bool = false
  ) {
    self.number = number
    self.title = title
    self.severity = severity
    self.key = key
    self.milliseconds = milliseconds
    self.share = share
    self.consequenceOf = consequenceOf
    self.predictedSaving = predictedSaving
    self.isUpperBound = isUpperBound
  }

  init(_ ranked: RankedFinding) {
    let impact = ranked.finding.impact
    self.init(
      number: ranked.number, title: Markdown.prose(ranked.finding.title), severity: ranked.severity,
      key: ranked.finding.key, milliseconds: impact.milliseconds, share: impact.share,
      consequenceOf: ranked.consequenceOf)
    guard ranked.consequenceOf == nil else { return }
    switch ranked.finding.remedies.first?.expectation {
    case .measured(let before, let after, _): predictedSaving = before - after
    case .computed(let upTo, _): (predictedSaving, isUpperBound) = (upTo, true)
    case .computedCost, .unknown, nil: break
    }
  }
}
