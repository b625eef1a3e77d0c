/// The words of a rejection: the one place that makes them.
extension AdmissionError: CustomStringConvertible {
  /// One sentence without a final stop: what happened, why, and what to do where something can be done.
  public var description: String { HiddenCharacters.name(words) }

  private var words: String {
    switch self {
    case .statement(let name, let rule): "\(name) is rejected: \(rule.reason)"
    case .dataModifyingCTE(let name, let statement):
      "\(statement) in WITH \(name) is rejected: \(StatementRule.writes.reason)"
    case .selectInto: "SELECT INTO is rejected: it creates a table; leave out INTO"
    case .currentOf(let cursor):
      "WHERE CURRENT OF \(cursor) is rejected: there is no cursor here; name the rows by a condition"
    case .multipleStatements(let count, let line):
      "\(count) statements are rejected: one is analysed at a time; the second starts in line \(line)"
    case .psqlCommand(let command):
      "\(command) is rejected: psql's own commands are not SQL; give the statement alone"
    case .parametersWithoutValues(let numbers): Self.missingValues(numbers)
    case .unusedParameterValues(let numbers):
      "no \(Self.list(numbers)) in the statement: a value was given for a parameter that it does not have"
    case .parameterNumber(let text):
      "\(text) is rejected: parameters are $1 to $\(StatementBounds.parameterCount)"
    case .alikeNames(let name):
      "two names that look like \(name) are rejected: they differ only in how a character is composed; "
        + "spell both the same, or give one another alias"
    case .rewriteDiffers(let clause):
      "internal error: the SELECT made from the statement differs from it in \(clause); nothing was run"
    case .syntax(let problem): problem.description
    default: boundDescription
    }
  }

  private var boundDescription: String {
    switch self {
    case .empty: "no statement: the text is empty or holds comments alone"
    case .containsNUL(let offset):
      "the statement has a NUL byte at offset \(offset): PostgreSQL's text cannot hold one"
    case .invalidUTF8(let offset): "the statement is not UTF-8: the byte at offset \(offset) does not belong"
    case .tooLong(let bytes):
      "the statement is too long: \(bytes) bytes, of which at most \(StatementBounds.byteCount) are parsed"
    case .tooManyTokens(let count):
      "the statement is too long: \(count) tokens, of which at most \(StatementBounds.tokenCount) are parsed"
    case .tooDeep:
      "the statement is nested too deeply: plandx reads expressions of some thousand levels and no deeper"
    case .commentsTooDeep(let levels):
      "comments are nested \(levels) levels deep: at most \(StatementBounds.commentNesting) are parsed"
    case .operatorsTooDense(let run):
      "\(run) operator characters stand in a row: PostgreSQL's parser would need too long to read them"
    default: ""
    }
  }

  private static func missingValues(_ numbers: [Int]) -> String {
    "\(list(numbers)) \(numbers.count == 1 ? "has" : "have") no value: give the application's own by "
      + "--param \(numbers.first ?? 1)=value[:type] (in a statement from pg_stat_statements "
      + "each $n stands for a constant)"
  }

  private static func list(_ numbers: [Int]) -> String {
    let names = numbers.map { "$\($0)" }
    guard let last = names.last, names.count > 1 else { return names.joined() }
    return names.dropLast().joined(separator: ", ") + " and " + last
  }
}

extension StatementRule {
  /// Why, as the second half of a sentence.
  public var reason: String {
    switch self {
    case .writes: "plan capture never runs a statement that writes"
    case .runsCode: "it runs code that cannot be checked; give the query inside it"
    case .changesDefinitions: "plan capture never changes definitions"
    case .controlsTransaction: "plan capture keeps a read-only transaction of its own"
    case .changesSession: "settings are given with --set NAME=VALUE"
    case .explains: "give the statement itself; EXPLAIN is added here"
    case .prepares: "give the statement itself, with its values in it"
    case .usesCursor: "give the cursor's query itself"
    case .isUtility: "only a query has a plan to capture"
    }
  }
}

extension SyntaxProblem: CustomStringConvertible {
  /// What is not understood and where; ``excerpt`` and ``caret`` are printed below it.
  public var description: String {
    let place = line.flatMap { line in column.map { " (line \(line), column \($0))" } } ?? ""
    let advice =
      isAtPlaceholder ? "; in the place of a driver's placeholder write $1, with --param 1=VALUE" : ""
    let spaces =
      NoBreakSpace.occurs(in: message) || NoBreakSpace.occurs(in: excerpt)
      ? "; \\u00A0 is a no-break space, which is no blank in SQL: write a blank" : ""
    return
      "\(NoBreakSpace.shown(in: message))\(place): not understood by the PostgreSQL \(PostgresGrammar.majorVersion) grammar of this build\(advice)\(spaces)"
  }
}

/// A blank to the eye, and a letter of a name to PostgreSQL's scanner.
private enum NoBreakSpace {
  static func occurs(in text: String) -> Bool { text.unicodeScalars.contains("\u{A0}") }

  static func shown(in text: String) -> String {
    text.unicodeScalars.map { $0 == "\u{A0}" ? HiddenCharacters.escape($0) : String($0) }.joined()
  }
}

extension AdmissionNote: CustomStringConvertible {
  /// One sentence for the report.
  public var description: String {
    switch self {
    case .lockingDropped(let clauses):
      "\(clauses.joined(separator: ", ")) was left out: a read-only transaction locks no rows. "
        + "Parallel plans are off, as they would be with it."
    case .rewritten(let origin, let form) where form.hasRowIdentifiers:
      "\(origin.rawValue) was rewritten to the SELECT that finds its rows. "
        + "Foreign keys, triggers, index maintenance and locks are not part of this plan."
    case .rewritten(let origin, _):
      "\(origin.rawValue) was rewritten to a SELECT of all columns of its rows. "
        + "Foreign keys, triggers, index maintenance and locks are not part of this plan."
    case .returningDropped: "RETURNING was left out: it does not change which rows are found."
    case .targetQualified(let name, let isKnown):
      "WITH gives the target's name to a CTE, so the SELECT names the table \(name.label)\(isKnown ? "" : "; its schema is assumed")."
    case .defaultsLeftOut:
      "DEFAULT was left out: what the column's default computes is not part of this plan."
    case .rowsMayRepeat(let origin):
      "A row that is matched more than once is counted each time here, but the \(origin.rawValue) would "
        + "change it once: the number of rows may be higher than what it reports."
    }
  }
}

extension FunctionObjection {
  /// Why, as the second half of a sentence about the function.
  public var reason: String {
    switch self {
    case .isVolatile: "it is VOLATILE and may change something"
    case .runsQueries: "it runs a query given as text, or reads whole schemas"
    case .startsTransaction: "it assigns a transaction ID"
    case .runsNamedCode: "it runs code of which it is given the number or the name"
    case .isUserCode: "it is user-defined code, which planning already runs, and may change something"
    case .cannotBeLookedUp:
      "this server does not show its functions, and PostgreSQL has nothing harmless of that name"
    case .isForeign: "it fetches rows from elsewhere, where a read-only transaction here stops nothing"
    case .cannotBeRead:
      "the PostgreSQL \(PostgresGrammar.majorVersion) grammar of this build does not understand its definition"
    case .isAmbiguous:
      "it differs from another name only in how a character is composed, or this database's encoding "
        + "spells it otherwise, so what it means cannot be looked up"
    case .locksRows: "it locks rows (FOR UPDATE or FOR SHARE), which a read-only transaction refuses"
    }
  }
}
