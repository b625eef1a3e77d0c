/// `## SQL Statement`: the user's own text, and the SELECT that was run where it differs.
struct StatementView {
  var absent: String?
  var parts: [Part] = []
  var notes: [String]
  var hasNotes = false

  struct Part {
    var lead: String?
    var fence: Fence
  }

  /// Stands where the statement would.
  static let unknown = "The statement is not known: only its plan was given. `--sql FILE` adds it."

  init(_ report: DiagnosticReport) {
    let statement = report.statement
    notes = statement.notes.map(Markdown.prose)
    defer { hasNotes = !notes.isEmpty }
    guard let original = statement.original else {
      absent = Self.unknown
      return
    }
    parts.append(Part(lead: nil, fence: .sql(original)))
    if let ran = statement.ran, ran != original {
      parts.append(Part(lead: Self.why(statement.kind), fence: .sql(ran)))
    } else if statement.kind != .select {
      notes.insert(Self.planOfTheStatement, at: 0)
    }
  }

  private static func why(_ kind: ReportedStatement.Kind) -> String {
    switch kind {
    case .select: "This SELECT was run instead, for the reason given below:"
    case .update, .delete:
      "This SELECT was run instead, because EXPLAIN ANALYZE would execute the \(kind.rawValue.uppercased()); it reads the same rows by the same joins and conditions. Foreign keys, triggers, index maintenance and locks are not part of its plan:"
    }
  }

  private static let planOfTheStatement = "The statement was not run by plandx."
}
