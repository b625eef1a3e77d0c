import Diagnosis
import PlanModel

/// How the captured plan differs from the one that was pasted, and the pasted one itself.
struct PastedPlanView {
  var heading = Self.headings.comparison
  var verdict: Verdict
  var remarks: [String] = []
  var tables: [Table] = []
  var gaps: [String] = []
  var hasGaps = false
  var planHeading = Self.headings.plan
  var plan: Fence

  static let headings = (comparison: "Compared with the pasted plan", plan: "Pasted plan")

  /// Whether the plans are one, and where they first part.
  struct Verdict {
    var label: String
    var text: String

    init(_ label: String, _ sentence: String) {
      self.label = label
      text = Markdown.prose(sentence)
    }
  }

  struct Table {
    var columns: String
    var rule: String
    var rows: [String]
    var note: String?

    /// `nil` without rows.
    init?(_ columns: [String], _ rows: [[String]], note: String? = nil) {
      guard !rows.isEmpty else { return nil }
      self.columns = Markdown.row(columns)
      rule = Markdown.rule(columns: columns.count)
      self.rows = rows.map { Markdown.row($0.map(Markdown.cell)) }
      self.note = note
    }
  }

  /// `nil` where nothing was pasted.
  init?(_ report: DiagnosticReport) {
    guard let pasted = report.pasted else { return nil }
    plan = .text(pasted.text)
    let comparison = PlanComparison(
      pasted.plan, report.plan, secondHasSettings: report.engine.explainsSettings)
    let paste = pasted.notes.map { Markdown.prose("Of the paste: \($0).") }
    defer { hasGaps = !gaps.isEmpty }
    guard comparison.areRelated else {
      verdict = PastedPlanWords.unrelated(comparison)
      gaps = paste
      return
    }
    let conditions = ConditionComparison(comparison)
    let words = PastedPlanWords(comparison)
    verdict = words.verdict(conditions)
    remarks = words.remarks(conditions)
    tables = PastedPlanTables(comparison, conditions).all
    gaps = words.gaps + paste
  }
}
