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
    guard !statement.parameters.isEmpty else { return }
    let lines = statement.parameters.map(Self.line).joined(separator: "\n")
    parts.append(Part(lead: "With these values, bound by the protocol:", fence: .text(lines)))
  }

  /// `$1 = 'open' (text)`, on one line whatever the value holds.
  private static func line(_ parameter: ReportedParameter) -> String {
    let value = parameter.value.map { "'\(visible($0.replacing("'", with: "''")))'" } ?? "NULL"
    let type = parameter.type.map { parameter.isInferred ? "\($0), inferred by the server" : $0 }
    return "$\(parameter.number) = \(value) (\(type ?? "type inferred by the server"))"
  }

  private static func visible(_ text: String) -> String {
    text.unicodeScalars.map { scalar in
      switch scalar.properties.generalCategory {
      case .control, .format, .lineSeparator, .paragraphSeparator:
        scalar == "\n" ? "\\n" : "\\u{\(String(scalar.value, radix: 16))}"
      default: String(scalar)
      }
    }.joined()
  }

  private static func why(_ kind: ReportedStatement.Kind) -> String {
    switch kind {
    case .select: "This SELECT was run instead, for the reason given below:"
    case .update, .delete:
      "This SELECT was run instead, because EXPLAIN ANALYZE would execute the \(kind.rawValue.uppercased()); it has the statement's own joins and conditions, to which rules and policies of the tables may add others for either of them: the notes below tell how the plans differ. Foreign keys, triggers, index maintenance and locks are not part of its plan:"
    }
  }

  private static let planOfTheStatement = "The statement was not run by plandx."
}
