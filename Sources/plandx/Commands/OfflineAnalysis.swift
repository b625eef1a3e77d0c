import Catalog
import Diagnosis
import PlanModel
import PlanReading
import Reporting
import Statements
import Workflow

/// Phases 2 to 4 on a plan that somebody pasted.
struct OfflineAnalysis {
  private let read: ReadPlan
  private let statement: AdmittedStatement?
  private let engine: EngineProfile
  private let showsAll: Bool
  /// What somebody collected with the evidence SQL; `nil` without.
  private var collected: EvidenceBook?
  private var server: ServerIdentity?

  init(_ read: ReadPlan, statement: AdmittedStatement?, engine: EngineProfile?, showsAll: Bool) {
    self.read = read
    self.statement = statement
    self.engine = engine ?? .shown(by: read.plan)
    self.showsAll = showsAll
  }

  /// The same with evidence that was collected elsewhere.
  ///
  /// - Throws: what of it does not belong to this plan.
  func with(_ evidence: CollectedEvidence) throws(CollectedEvidenceError) -> OfflineAnalysis {
    var analysis = self
    analysis.collected = try evidence.book(for: read.plan, engine: engine)
    analysis.server = evidence.server.map { server in
      var server = server
      server.engine = engine.engine
      return server
    }
    return analysis
  }

  /// What the rules find in the plan, ranked.
  var findings: RankedFindings { findings(with: book) }

  private var book: EvidenceBook { collected ?? EvidenceBook(gaps: [noDatabase]) }

  private var noDatabase: EvidenceGap {
    EvidenceGap(
      missing: "catalog evidence and row counts", reason: "no database was asked: a pasted plan\(notation)")
  }

  private func findings(with evidence: EvidenceBook) -> RankedFindings {
    let query = DiagnosticCase(
      plan: read.plan, conditions: PlanConditions(read.plan), statement: statement?.shape,
      evidence: evidence, engine: engine)
    return RuleRegistry.examine(query).ranked(showingAll: showsAll)
  }

  /// The report's value.
  func report(version: String, fileName: String?) -> DiagnosticReport {
    let paste = read.notes.map { EvidenceGap(missing: "part of the pasted text", reason: $0.words) }
    let others = read.otherPlans.map { other in
      EvidenceGap(
        missing: "a further plan of the paste",
        reason: "only the first is read; it starts at line \(other.start.line)")
    }
    var evidence = book
    evidence.gaps += paste + others
    return DiagnosticReport(
      statement: statement.map { ReportedStatement($0) } ?? ReportedStatement(original: nil),
      plan: read.plan, planText: read.text, capture: .offline, engine: engine, server: server,
      findings: findings(with: evidence), experiments: .skipped(skipReason),
      evidence: evidence, evidenceSQL: collected == nil ? evidenceSQL : nil, plandxVersion: version,
      fileName: fileName)
  }

  private var evidenceSQL: String? { EvidenceSQL(for: read.plan, statement: statement, engine: engine).text }

  /// TEXT goes without saying.
  private var notation: String { read.format == .text ? "" : " in \(read.format.name)" }

  /// A pasted plan of over 30 s follows the 30-second rule in words too.
  private var skipReason: ExperimentSection.SkipReason {
    let seconds = (read.plan.executionTime ?? 0) / 1_000
    guard seconds > ExperimentBudget.longestCapture else { return .offline }
    return .overLimit(seconds: seconds, limit: ExperimentBudget.longestCapture)
  }
}
