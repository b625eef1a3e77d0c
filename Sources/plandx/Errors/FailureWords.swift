import PlanReading
import Postgres
import Statements
import Workflow

// The one place that turns errors into words and statuses.

extension CommandFailure {
  /// A statement that is not admitted.
  ///
  /// - Parameter text: the statement as it was given, which may show why it is none.
  init(_ error: AdmissionError, in text: StatementText? = nil) {
    var details: [String] = []
    if case .syntax(let problem) = error, !problem.excerpt.isEmpty {
      let shown = CaretLine(problem.excerpt, offset: problem.caret.unicodeScalars.count - 1, label: "  ")
      details = [shown.line, shown.caret]
    }
    let advice = error.isSyntax ? text.flatMap { PastedStatement.advice(for: $0.string) } : nil
    let words = ["\(error)", advice].compactMap { $0 }.joined(separator: "; ")
    self.init(error.isInternal ? .internalError : .unusableInput, words, details: details)
  }

  /// A capture that failed; positions count characters of the SELECT that runs.
  init(_ error: CaptureError, of statement: AdmittedStatement) {
    switch error {
    case .postgres(let error): self.init(error, sql: statement.sql.text, of: statement)
    case .originalRefused(let error): self.init(.server(error), sql: statement.original)
    case .functionRejected(let rejection): self.init(.unusableInput, "\(rejection)")
    case .planReadInPart(let notes):
      self.init(
        .internalError, "internal error: the server's plan was not understood as a whole",
        details: notes.map(\.words))
    case .unreadablePlan(let error):
      self.init(.internalError, "internal error: the server's plan could not be read: \(error.words)")
    case .parameterType(let number, let name, let problem):
      self.init(.unusableInput, "--param \(number): \(problem.words(for: name))")
    case .noGenericPlan(let problem):
      self.init(.unusableInput, "--generic-plan is refused: \(problem.words)")
    }
  }

  /// An error of the server or the connection.
  ///
  /// - Parameter statement: whose SELECT `sql` is; `nil` where it is no other text than the user's.
  init(_ error: PostgresError, sql: String = "", of statement: AdmittedStatement? = nil) {
    switch error {
    case .server(let server), .terminated(let server): self.init(server, sql: sql, of: statement)
    case .connection(let failure): self.init(failure)
    case .cancelled: self.init(.interrupted, "interrupted: the statement was cancelled and rolled back")
    case .timedOut: self.init(.tryAgain, "the server did not answer in time; try again or raise --timeout")
    case .unresponsive:
      self.init(.tryAgain, "the connection was closed: the server did not answer in time; try again")
    case .closedUnexpectedly(let words):
      self.init(.tryAgain, "the connection was lost\(words.isEmpty ? "" : ": \(words)"); try again")
    case .containsNUL: self.init(.unusableInput, "the statement has a NUL character")
    case .notAQuery: self.init(.internalError, "internal error: the server answered with no rows")
    case .transactionInProgress: self.init(.internalError, "internal error: a transaction was still open")
    }
  }

  private init(_ error: ServerError, sql: String, of statement: AdmittedStatement?) {
    var details: [String] = []
    if let position = error.position {
      if let statement, statement.origin != .select {
        details.append("In the SELECT that stands for the \(statement.origin.rawValue):")
      }
      details += Self.caret(at: position, in: sql)
    }
    if error.sqlState == .insufficientPrivilege { details += statement?.neededPrivilege.map { [$0] } ?? [] }
    if let detail = error.detail { details.append("DETAIL: \(detail)") }
    if let hint = error.hint { details.append("HINT: \(hint)") }
    if error.isStatementPooling {
      self.init(
        .unreachable,
        """
        the server says: \(error.severity): \(error.message) (SQLSTATE \(error.sqlState)); \
        use a pool in transaction mode, or the server itself
        """)
      return
    }
    let status = ExitStatus(error.sqlState)
    let words = "the server says: \(error.severity): \(error.message) (SQLSTATE \(error.sqlState))"
    self.init(status, words + Self.advice(for: error), details: details)
  }

  /// What to do, where the code alone tells it.
  private static func advice(for error: ServerError) -> String {
    guard ExitStatus(error.sqlState) == .tryAgain else { return "" }
    return error.sqlState == .queryCanceled ? "; try again or raise --timeout" : "; try again"
  }

  private init(_ failure: ConnectionFailure) {
    let advice =
      switch failure.reason {
      case .invalidSettings: "check -d and the PG* variables"
      case .unreachable, .timedOut: "check host and port, and that the server runs"
      case .passwordNeeded: Self.passwordSources
      case .refused where ExitStatus(failure) == .tryAgain: "try again"
      case .refused: "check role, database and pg_hba.conf"
      }
    self.init(ExitStatus(failure), "no connection: \(failure.message); \(advice)")
  }

  /// The line of the statement that holds a position, and a caret below it, as psql prints them.
  private static func caret(at position: Int, in sql: String) -> [String] {
    let characters = Array(sql.unicodeScalars)
    guard position > 0, position - 1 <= characters.count else { return [] }
    let before = characters[..<(position - 1)]
    let start = before.lastIndex(of: "\n").map { $0 + 1 } ?? 0
    let line = characters[start...].prefix { $0 != "\n" && $0 != "\r" }
    let number = before.count { $0 == "\n" } + 1
    let shown = CaretLine(
      String(String.UnicodeScalarView(line)), offset: before.count - start, label: "LINE \(number): ")
    return [shown.line, shown.caret]
  }

  /// Text that is no plan.
  init(_ error: PlanReadingError) {
    let output =
      if case .foreignPlan = error { "the output of their EXPLAIN" } else { "the output of EXPLAIN" }
    self.init(.unusableInput, "no plan: \(error.words); paste \(output) (ANALYZE, VERBOSE)")
  }
}

extension AdmittedStatement {
  /// What the SELECT reads and the statement need not; `nil` for one that was not rewritten.
  fileprivate var neededPrivilege: String? {
    for case .rewritten(let origin, let form) in notes {
      let read = form.hasRowIdentifiers ? "ctid" : "all columns"
      return
        "The SELECT that stands for the \(origin.rawValue) reads \(read), which needs SELECT on the whole table\(target.map { " \($0.label)" } ?? "")."
    }
    return nil
  }
}

extension ServerError {
  /// PgBouncer in statement mode, which has this SQLSTATE for all its refusals and speaks English only.
  fileprivate var isStatementPooling: Bool {
    sqlState.isConnectionException && message.hasSuffix("not allowed in statement pooling mode")
  }
}

extension GenericPlanProblem {
  var words: String {
    switch self {
    case .engine(let name): "\(name) does not let plan_cache_mode be set"
    case .noParameters: "the statement has no parameters; leave the option out"
    case .castByFunction(let type):
      "a cast from text to \(type) is user-made code, which would make the value; leave the option out"
    }
  }
}

extension ParameterTypeProblem {
  func words(for name: String) -> String {
    switch self {
    case .unknown:
      "there is no type '\(name)' in this session; if it belongs to the value, add a colon at the value's end"
    case .runsCode:
      "the type '\(name)' is refused: reading its values may run constraints; give the type that it is made of"
    }
  }
}

extension PlanReadingNote {
  /// What was left out or mended, and where.
  var words: String {
    switch self {
    case .truncated(let at): "the plan stops in the middle, at line \(at.line)"
    case .elidedFigures(let at): "line \(at.line) has an ellipsis in the place of figures"
    case .joinedLine(let at): "line \(at.line) was joined to the one above"
    case .openValue(let at):
      "line \(at.line) has a bracket or a quote that is not closed where it must be: it was cut or broken"
    case .brokenQuote(let at):
      "a text goes on below line \(at.line): it was read with a line break, which may be that of a carrier"
    case .ignoredText(let at, let lines):
      "\(lines) lines from line \(at.line) on are no plan and were left out"
    }
  }
}

extension PlanReadingError {
  /// What is wrong and where.
  var words: String {
    switch self {
    case .empty: "the input is empty"
    case .binary(let at): "the input is binary (a NUL byte at line \(at.line), column \(at.column))"
    case .invalidUTF8(let at): "the input is not UTF-8 at line \(at.line), column \(at.column)"
    case .unexpectedLine(let at, let line):
      "line \(at.line), column \(at.column) does not fit a plan: \(Self.shortened(line))"
    case .malformedFigures(let at, let line):
      "the figures at line \(at.line), column \(at.column) cannot be read: \(Self.shortened(line))"
    case .impossibleTree(let at, let node):
      "the plan at line \(at.line) cannot be right: lines are missing or doubled, or lost their indentation (see \(node)); copy it as plain text, or attach it as a file"
    case .invalidDocument(let format, let at, let expected):
      "the \(format.name) stops making sense at line \(at.line), column \(at.column), where \(expected) was expected"
    case .noPlan(let format, let at):
      "the \(format.name) at line \(at.line), column \(at.column) has no Plan with a Node Type"
    case .foreignPlan(let plan, let at):
      "line \(at.line), column \(at.column) is of a plan of \(plan.name): plandx reads those of PostgreSQL and Aurora DSQL"
    }
  }

  private static func shortened(_ line: String) -> String {
    let text = line.prefix(60)
    return text.count < line.count ? "'\(text)…'" : "'\(text)'"
  }
}
