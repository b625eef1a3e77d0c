import Catalog
import Diagnosis
import PlanModel
import PlanReading

/// What can be read back from a report that was written earlier.
public struct ReportText: Sendable, Equatable {
  /// The user's own statement; `nil` where the report has none.
  public var statement: String?
  /// The SELECT that was run, where it differs.
  public var ranStatement: String?
  /// The captured plan, verbatim.
  public var planText: String
  /// From the comment at the end; `nil` where the comment was lost or cannot be read.
  public var baseline: Baseline?
  /// `Query Identifier` as printed, `nil` where the report has none.
  public var queryIdentifier: String?
  /// Milliseconds.
  public var planningTime: Double?
  /// Milliseconds.
  public var executionTime: Double?
  /// DPUs in all.
  public var totalDPU: Double?
  /// The engine named in the report.
  public var engine: EngineProfile.Engine
  /// The findings' headings, addenda left out.
  public var findings: [BaselineFinding]
  /// How many addenda there are.
  public var addendumCount: Int
  /// The largest number of a finding, addenda included.
  public var lastFindingNumber: Int

  /// Reads a report; `nil` for a text that is none: the title or the plan is missing.
  public init?(_ text: String) {
    let document = MarkdownDocument(text)
    let sections = ReportSections(document)
    guard case .heading(1, Self.title)? = document.blocks.first?.content,
      let plan = sections["Plan Overview"]?.fences().first
    else { return nil }
    planText = plan.text
    let statements = sections["SQL Statement"]?.fences("sql") ?? []
    statement = statements.first?.text
    ranStatement = statements.dropFirst().first?.text
    baseline = document.blocks.lazy.compactMap(Self.baseline).first
    let fields = Self.fields(sections["Query Information"])
    queryIdentifier = fields["Query Identifier"].flatMap { $0.hasPrefix("not reported") ? nil : $0 }
    planningTime = fields["Planning Time"].flatMap { ReadFigure.milliseconds($0) }
    executionTime = fields["Execution Time"].flatMap { ReadFigure.milliseconds($0) }
    totalDPU = fields["DPU Estimate"].flatMap(Self.totalDPU)
    engine = fields["Engine"] == EngineProfile.dsql.name ? .dsql : .postgres
    findings = Self.headings(sections["Findings"]).map(BaselineFinding.init)
    addendumCount = sections.addenda.count
    lastFindingNumber = sections.sections.flatMap(Self.headings).map(\.number).max() ?? 0
  }

  static let title = "SQL Query Explainability — Diagnostic Report"

  /// The comment's baseline; where it was lost, one from the report's own sections and its plan.
  public func knownBaseline() -> Baseline {
    if let baseline { return baseline }
    let plan = try? PlanReader.read(planText).plan
    var figures = plan.map(PlanFigures.init) ?? PlanFigures()
    figures.planningTime = planningTime ?? figures.planningTime
    figures.executionTime = executionTime ?? figures.executionTime
    figures.totalDPU = totalDPU ?? figures.totalDPU
    return Baseline(
      plandx: "not known", engine: engine, statementKind: statementKind, capturedAt: nil,
      queryIdentifier: queryIdentifier, figures: figures, findings: findings, indexes: nil, analyzed: [:])
  }

  private var statementKind: ReportedStatement.Kind { StatementVerb.kind(of: statement ?? "") }

  /// The report with an addendum at its end; what stands above is not touched.
  public static func appending(addendum: String, to text: String) -> String {
    let gap = text.hasSuffix("\n\n") || text.isEmpty ? "" : text.hasSuffix("\n") ? "\n" : "\n\n"
    return text + gap + addendum + (addendum.hasSuffix("\n") ? "" : "\n")
  }

  private static func baseline(_ block: MarkdownDocument.Block) -> Baseline? {
    if case .comment(let line) = block.content { BaselineComment.baseline(in: line) } else { nil }
  }

  static func fields(_ section: ReportSections.Section?) -> [String: String] {
    let rows = section?.tables.first?.table.rows ?? []
    return Dictionary(rows.compactMap { $0.count == 2 ? ($0[0], $0[1]) : nil }) { first, _ in first }
  }

  /// `Compute: …, Total: 0.05919`.
  private static func totalDPU(_ text: String) -> Double? {
    let parts = text.split(separator: ",").map { $0.drop { $0 == " " } }
    return parts.first { $0.hasPrefix("Total: ") }.flatMap { ReadFigure.leading($0.dropFirst(7))?.value }
  }

  private static func headings(_ section: ReportSections.Section?) -> [ReadFindingHeading] {
    section?.headings(3).compactMap { ReadFindingHeading($0.text) } ?? []
  }
}

extension BaselineFinding {
  /// From a heading alone: neither its key nor its prediction is known.
  init(_ heading: ReadFindingHeading) {
    self.init(
      number: heading.number, title: heading.title, severity: heading.severity, key: nil,
      milliseconds: heading.milliseconds, share: heading.share ?? 0)
  }
}
