/// One SELECT, VALUES or set operation.
public struct QueryBlock: Sendable, Hashable, Identifiable {
  /// What it is to the block around it.
  public enum Kind: Sendable, Hashable {
    /// The statement itself.
    case top
    /// A sub-select in FROM, with its alias.
    case subquery(alias: String?)
    /// A CTE.
    case cte(name: String, fence: Materialization, isRecursive: Bool)
    /// A sub-select in an expression.
    case subLink
    /// A branch of UNION, INTERSECT or EXCEPT.
    case setBranch
  }

  /// What the user wrote about the fence around a CTE.
  public enum Materialization: Sendable, Hashable {
    /// Nothing: inlined when it is used once.
    case unspecified
    case materialized, notMaterialized
  }

  /// UNION, INTERSECT or EXCEPT over the branches, which are the child blocks of kind `setBranch`.
  public enum SetOperation: Sendable, Hashable {
    case union(all: Bool), intersect(all: Bool), except(all: Bool)
  }

  /// Index in ``StatementShape/blocks``.
  public let id: Int
  /// The block around it; `nil` for the statement itself.
  public let parent: Int?
  /// What it is to the block around it.
  public let kind: Kind
  /// Set for the block that combines branches; its own lists, but ordering and limits, are empty.
  public internal(set) var setOperation: SetOperation?
  /// VALUES instead of SELECT.
  public internal(set) var isValues = false
  /// The select list.
  public internal(set) var output: [OutputColumn] = []
  /// DISTINCT.
  public internal(set) var distinct: Distinct?
  /// GROUP BY; output ordinals and aliases are followed to what they stand for.
  public internal(set) var grouping: [ExpressionShape] = []
  /// GROUPING SETS, ROLLUP or CUBE: ``grouping`` is what they mention.
  public internal(set) var hasGroupingSets = false
  /// HAVING.
  public internal(set) var hasHaving = false
  /// A window function in the select list or ORDER BY.
  public internal(set) var hasWindowFunction = false
  /// Aggregates of the select list, HAVING and ORDER BY, by the names that PostgreSQL brings along.
  public internal(set) var aggregates: [AggregateUse] = []
  /// ORDER BY.
  public internal(set) var ordering: [OrderTerm] = []
  /// LIMIT or FETCH FIRST; `nil` without or with LIMIT ALL.
  public internal(set) var limit: RowLimit?
  /// FETCH FIRST … WITH TIES.
  public internal(set) var hasTies = false
  /// OFFSET.
  public internal(set) var offset: RowLimit?
}

/// DISTINCT or DISTINCT ON.
public enum Distinct: Sendable, Hashable {
  case all
  case on([ExpressionShape])
}

/// How many rows LIMIT or OFFSET names.
public enum RowLimit: Sendable, Hashable {
  case constant(Int)
  case parameter(Int)
  case expression

  /// The number, where the statement says it.
  public var value: Int? { if case .constant(let value) = self { value } else { nil } }
}

/// An expression outside conditions: what it is made of.
public struct ExpressionShape: Sendable, Hashable {
  /// The column, where the expression is nothing else.
  public let column: ColumnReference?
  /// All columns in it; those of sub-selects are not among them.
  public let columns: [ColumnReference]
  /// All functions in it, without schema.
  public let functions: [String]
  /// A sub-select is part of it.
  public let hasSubSelect: Bool
}

/// One item of the select list.
public struct OutputColumn: Sendable, Hashable {
  /// `*` or `t.*`.
  public let isStar: Bool
  /// Of `t.*` the qualifier.
  public let starQualifier: String?
  /// The index of that table in ``StatementShape/tables``.
  public let starTable: Int?
  /// The block whose tables `*` means.
  public let block: Int
  /// The name behind AS, or of a plain column its own; `nil` where the server makes one up.
  public let name: String?
  /// What it is made of; of a star, nothing.
  public let expression: ExpressionShape

  /// Whether this asks for all columns of a table.
  public func isStar(for table: TableReference) -> Bool {
    guard isStar else { return false }
    return starQualifier == nil ? table.block == block : starTable == table.id
  }
}

/// One item of ORDER BY.
public struct OrderTerm: Sendable, Hashable {
  /// What is sorted by; an output ordinal or alias is followed to what it stands for.
  public let expression: ExpressionShape
  /// DESC.
  public let isDescending: Bool
  /// NULLS FIRST or LAST as written; `nil` leaves it to the direction.
  public let nullsFirst: Bool?
  /// Written as an output ordinal or as an output name.
  public let namesOutput: Bool
  /// USING with an operator: no index order is known to fit.
  public let hasOperator: Bool

  /// Whether NULLs come first, by what is written or by the direction.
  public var sortsNullsFirst: Bool { nullsFirst ?? isDescending }
}

/// An aggregate call.
public struct AggregateUse: Sendable, Hashable {
  /// Without schema, as `max`.
  public let name: String
  /// `count(*)`.
  public let isStar: Bool
  /// DISTINCT inside the call.
  public let isDistinct: Bool
  /// FILTER.
  public let hasFilter: Bool
  /// The first argument; `nil` without one.
  public let argument: ExpressionShape?
}
