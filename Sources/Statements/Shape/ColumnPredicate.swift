/// One condition: a member of the AND list of WHERE, ON or HAVING, or a branch of an OR.
public struct ColumnPredicate: Sendable, Hashable {
  /// The clause that it stands in.
  public enum Place: Sendable, Hashable {
    case condition
    case join(JoinKind)
    case having
    /// An expression that EXPLAIN printed.
    case plan
  }

  /// The block that it stands in.
  public let block: Int
  /// The clause that it stands in.
  public let place: Place
  /// The column that is tested; `nil` where there is none or where it cannot be told from others.
  public let column: ColumnReference?
  /// What stands around the column, from the outside in: empty where the column is bare.
  public let wrapping: [ColumnWrapping]
  /// How it is tested, with the column on the left.
  public let comparison: Comparison
  /// What it is tested against.
  public let operand: Operand
  /// All columns in it; those of sub-selects are not among them.
  public let columns: [ColumnReference]
  /// All functions in it, without schema.
  public let functions: [String]
  /// A sub-select is part of it.
  public let hasSubSelect: Bool
  /// The parameters in it.
  public let parameters: [Int]
  /// The branches of an OR, the members of an AND inside one, or what NOT negates.
  public let branches: [ColumnPredicate]
  /// As written: may stand behind WHERE in a query over the same table with the same alias. `nil` where
  /// its ends are not known.
  public let text: SQLFragment?

  /// The same where these parameters have values that do not change while the statement runs.
  public func fixing(_ fixed: Set<Int>) -> ColumnPredicate {
    ColumnPredicate(
      block: block, place: place, column: column, wrapping: wrapping, comparison: comparison,
      operand: operand, columns: columns, functions: functions, hasSubSelect: hasSubSelect,
      parameters: parameters.filter { !fixed.contains($0) }, branches: branches.map { $0.fixing(fixed) },
      text: text)
  }

  /// A bare column, which an index on it could serve.
  public var isBareColumn: Bool { column != nil && wrapping.isEmpty }

  /// The one table that all its columns belong to; `nil` with none, with several, with a column that is
  /// not assigned to a table, and with a sub-select.
  public var onlyTable: Int? {
    guard let table = columns.first?.table, !hasSubSelect,
      columns.allSatisfy({ $0.table == table && !$0.isOuter })
    else { return nil }
    return table
  }
}

/// How a join combines two sides.
public enum JoinKind: Sendable, Hashable {
  case inner, left, right, full
  /// Two items of FROM with a comma between them, or CROSS JOIN.
  case cross
}

/// What stands around a column in a condition.
public enum ColumnWrapping: Sendable, Hashable {
  /// A cast to a type, by the name in the tree: `int8` for `bigint`.
  case cast(String)
  /// A function by its name without schema; COALESCE and the like are functions here.
  case function(String)
  /// Arithmetic or another operator, with the operand that is no column.
  case `operator`(String, Operand, columnIsLeft: Bool)
  /// COLLATE.
  case collation(String)
  /// A subscript or a field.
  case element
  /// Anything else, by the name of its node: CASE for example.
  case other(String)
}

/// How a condition tests a column.
public enum Comparison: Sendable, Hashable {
  case equal, notEqual, less, lessOrEqual, greater, greaterOrEqual
  case between, notBetween
  /// IN with a list or with a sub-select.
  case `in`
  case notIn
  case isNull, isNotNull
  case isTrue, isNotTrue, isFalse, isNotFalse
  case like, notLike, caselessLike, notCaselessLike, similar, notSimilar
  /// `~`, `~*` and their negations.
  case matches, notMatches
  case distinctFrom, notDistinctFrom
  /// `= ANY (array)`, with the operator.
  case any(String)
  /// `<> ALL (array)`, with the operator.
  case all(String)
  /// EXISTS (SELECT …).
  case exists
  /// `(a, b) < (x, y)`, with the operator.
  case row(String)
  /// Any other operator.
  case `operator`(String)
  case or, and, not
  /// What the reader does not take apart; the text is kept.
  case opaque
}

/// What a column is tested against.
public enum Operand: Sendable, Hashable {
  /// Nothing: IS NULL, EXISTS, OR.
  case none
  case constant(SQLConstant)
  case parameter(Int)
  /// A bare column.
  case column(ColumnReference)
  /// A list: IN, BETWEEN (two members), a row.
  indirect case list([Operand])
  /// A sub-select, by its block; `nil` where EXPLAIN shows no more than its number.
  case subSelect(block: Int?)
  /// Anything else.
  case expression(ExpressionShape)

  /// Whether its value is in the statement or bound to it.
  public var isFixed: Bool {
    switch self {
    case .constant, .parameter: true
    case .list(let members): members.allSatisfy(\.isFixed)
    default: false
    }
  }
}

/// A constant as written.
public struct SQLConstant: Sendable, Hashable {
  /// The notation.
  public enum Kind: Sendable, Hashable { case integer, decimal, string, boolean, bits, null }

  /// The notation.
  public let kind: Kind
  /// The value without quotes; empty for NULL.
  public let text: String
  /// The type that it is cast to, by the name in the tree; `nil` where it is not.
  public let type: String?

  /// A constant.
  public init(kind: Kind, text: String, type: String? = nil) {
    self.kind = kind
    self.text = text
    self.type = type
  }
}

/// A condition between columns of two tables.
public struct JoinCondition: Sendable, Hashable {
  /// One side of it.
  public struct Side: Sendable, Hashable {
    /// The column.
    public let column: ColumnReference
    /// What stands around it, from the outside in.
    public let wrapping: [ColumnWrapping]
  }

  /// The block that joins.
  public let block: Int
  /// ``JoinKind/inner`` for a condition in WHERE.
  public let kind: JoinKind
  /// The side written first.
  public let left: Side
  /// How the sides are compared.
  public let comparison: Comparison
  /// The side written second.
  public let right: Side
  /// Index in ``StatementShape/predicates``; `nil` for USING and NATURAL.
  public let predicate: Int?
}

/// A sub-select in an expression.
public struct SubLink: Sendable, Hashable {
  /// What is asked of it.
  public enum Kind: Sendable, Hashable { case exists, any, all, scalar, array, row }

  /// What is asked of it.
  public let kind: Kind
  /// NOT EXISTS, NOT IN.
  public let isNegated: Bool
  /// The block that it stands in.
  public let outer: Int
  /// The block that it is.
  public let block: Int
  /// The clause of the outer block.
  public let clause: ColumnUse.Clause
  /// Left of IN or ANY.
  public let tested: ExpressionShape?
  /// Columns of blocks further out that it reads; empty where it can run once. Columns that are not
  /// assigned to a table are not among them.
  public internal(set) var correlated: [ColumnReference] = []
}
