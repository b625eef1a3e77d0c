/// Why a text is not admitted: data, from which ``AdmissionError/description`` makes one sentence.
public enum AdmissionError: Error, Sendable, Hashable {
  /// No statement in the text.
  case empty
  /// A byte 0, at which the C parser would stop reading.
  case containsNUL(byteOffset: Int)
  /// The text is not UTF-8.
  case invalidUTF8(byteOffset: Int)
  /// More bytes than are parsed.
  case tooLong(bytes: Int)
  /// More tokens than are parsed.
  case tooManyTokens(Int)
  /// Expressions nested deeper than a server would take them.
  case tooDeep
  /// Comments inside comments, more levels than are parsed.
  case commentsTooDeep(levels: Int)
  /// Operator characters in such a row that PostgreSQL's scanner would read for minutes.
  case operatorsTooDense(longestRun: Int)
  /// The grammar of this build does not understand the text.
  case syntax(SyntaxProblem)
  /// A command of psql, as `\gset`, which no server understands.
  case psqlCommand(String)
  /// More than one statement.
  case multipleStatements(count: Int, secondLine: Int)
  /// A kind of statement that is never run.
  case statement(name: String, rule: StatementRule)
  /// A CTE that writes, at any depth: `INSERT`, `UPDATE`, `DELETE` or `MERGE`.
  case dataModifyingCTE(name: String, statement: String)
  /// `SELECT … INTO`: creates a table.
  case selectInto
  /// `WHERE CURRENT OF`: there is no cursor here.
  case currentOf(cursor: String)
  /// `$n` for which no value was given, in ascending order.
  case parametersWithoutValues([Int])
  /// A number of a parameter that no server can be given, as it is written: `$99999999999`.
  case parameterNumber(String)
  /// Two names that differ only in how a character is composed.
  case alikeNames(String)
  /// Values were given for parameters that the statement does not have, in ascending order.
  case unusedParameterValues([Int])
  /// The SELECT made from an UPDATE or DELETE is not what the original says: a fault of this program.
  case rewriteDiffers(clause: String)

  /// Whether the grammar could make nothing of the text.
  public var isSyntax: Bool {
    switch self {
    case .syntax, .psqlCommand: true
    default: false
    }
  }

  /// Whether this is a fault of the program and not of the text.
  public var isInternal: Bool {
    if case .rewriteDiffers = self { true } else { false }
  }
}

/// Why a kind of statement is rejected.
public enum StatementRule: Sendable, Hashable, CaseIterable {
  /// INSERT, MERGE, COPY, TRUNCATE.
  case writes
  /// DO, CALL: code that admission cannot look into.
  case runsCode
  /// CREATE, ALTER, DROP, GRANT, COMMENT and the like.
  case changesDefinitions
  /// BEGIN, COMMIT, ROLLBACK, SAVEPOINT, PREPARE TRANSACTION.
  case controlsTransaction
  /// SET, RESET, SET CONSTRAINTS, DISCARD.
  case changesSession
  /// EXPLAIN: the statement itself is wanted.
  case explains
  /// PREPARE, EXECUTE, DEALLOCATE: the statement itself is wanted.
  case prepares
  /// DECLARE, FETCH, CLOSE: the query of the cursor is wanted.
  case usesCursor
  /// VACUUM, ANALYZE, LISTEN, LOCK, SHOW and whatever else has no plan.
  case isUtility
}

/// A syntax error as PostgreSQL words it, with where it stands.
public struct SyntaxProblem: Sendable, Hashable {
  /// `syntax error at or near "form"`
  public let message: String
  /// From 1; `nil` where the grammar does not say where.
  public let line: Int?
  /// In characters, from 1.
  public let column: Int?
  /// The line that the error stands in; of a long line the part around it. Empty without a position.
  public let excerpt: String
  /// As many columns as stand before the error in ``excerpt``, then `^`. Empty without a position.
  public let caret: String
  /// A driver's placeholder stands there, where PostgreSQL's own is `$1`.
  public let isAtPlaceholder: Bool
}
