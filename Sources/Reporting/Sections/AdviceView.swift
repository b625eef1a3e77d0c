import Diagnosis

/// One recommendation: the statement, how to undo it, what it endangers, what it should bring.
struct AdviceView {
  var lead: String
  var fence: Fence?
  var points: [Point] = []
  var hasPoints = false
  var expectation: String

  struct Point {
    var label: String
    var text: String
  }

  /// All that a finding recommends; at least one entry, for the reason why there is nothing.
  static func all(for ranked: RankedFinding, in report: DiagnosticReport) -> [AdviceView] {
    if let cause = ranked.consequenceOf { return [consequence(of: cause)] }
    let finding = ranked.finding
    guard !finding.remedies.isEmpty else {
      return [
        AdviceView(
          lead: Markdown.paragraph([finding.noRemedy ?? "Nothing is advised."]),
          expectation: "none: nothing is advised.")
      ]
    }
    let printer = RemedySQL(engine: report.engine, evidence: report.evidence)
    return finding.remedies.map { AdviceView($0, printer: printer) }
  }

  /// With the note that an addendum's advice was not tried.
  var asNotTried: AdviceView {
    var advice = self
    let text = expectation.hasSuffix(".") ? String(expectation.dropLast()) : expectation
    advice.expectation = text + "; not tried: run analyze."
    return advice
  }

  /// The sentence that stands in place of a recommendation.
  static func consequenceSentence(_ number: Int) -> String {
    "This finding is a consequence of Finding \(number) — resolving that finding addresses this one. No separate action needed."
  }

  private static func consequence(of number: Int) -> AdviceView {
    AdviceView(lead: consequenceSentence(number), expectation: "included in Finding \(number).")
  }

  private init(lead: String, expectation: String) {
    self.lead = lead
    self.expectation = expectation
  }

  private init(_ remedy: Remedy, printer: RemedySQL) {
    lead = Markdown.paragraph(Self.change(remedy.action) + [remedy.rationale])
    expectation = ExpectationText(remedy.expectation).text + "."
    do {
      let script = try printer.script(for: remedy.action)
      fence = .sql(script.statements.joined(separator: "\n"))
      points = Self.points(script, caveats: remedy.caveats)
    } catch {
      points = remedy.caveats.map { Point(label: "Note", text: Markdown.prose($0)) }
      if let refusal = RefusalText(error).text { points.append(Point(label: "No statement", text: refusal)) }
      if error != .nothingToRun { expectation = "none: no statement is advised." }
    }
    hasPoints = !points.isEmpty
  }

  /// What to write differently, where that is the advice.
  private static func change(_ action: RemedyAction) -> [String] {
    guard case .changeStatement(let change) = action else { return [] }
    return [change.last.map(".?!".contains) ?? false ? change : change + "."]
  }

  private static func points(_ script: RemedyScript, caveats: [String]) -> [Point] {
    let undo = script.undo.map { Point(label: "Undo", text: Markdown.code($0)) }
    let dangers = script.dangers.map { Point(label: "Danger", text: Markdown.prose($0)) }
    return undo + dangers + (caveats + script.notes).map { Point(label: "Note", text: Markdown.prose($0)) }
  }
}
