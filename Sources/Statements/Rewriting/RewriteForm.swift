import Catalog

/// What the SELECT made from an UPDATE or DELETE reads to stand for the rows that would change.
///
/// Without a catalog the text alone decides: identities, then the assigned expressions, with the target last
/// in FROM. With one, the planner is also given what its costs depend on (each seen on PostgreSQL 15): values
/// are converted to their columns' types, a column of which a part is assigned is read, `tableoid` tells
/// partitions apart, views and foreign tables in FROM keep their rows, `(a, b) = (SELECT …)` needs no
/// sub-select of its own, and the target stands first in FROM, as in the statement, where no LATERAL item
/// could see it there.
public struct RewriteForm: Sendable, Hashable {
  /// Whether the target and the other tables have a `ctid`, as ordinary PostgreSQL tables do; without it
  /// all columns of the target stand for its row.
  public let hasRowIdentifiers: Bool
  /// How rows of the relations in `FROM` or `USING` are remembered, by the names that the statement gives
  /// them; one that is missing is taken for an ordinary table.
  public let relations: [QualifiedName: RowIdentity]
  /// What the catalog says of the target; `nil` where it was not asked.
  public let target: RewriteTarget?

  private init(
    _ hasRowIdentifiers: Bool, _ relations: [QualifiedName: RowIdentity], _ target: RewriteTarget?
  ) {
    self.hasRowIdentifiers = hasRowIdentifiers
    self.relations = relations
    self.target = target
  }

  /// `ctid` of the target and of every other table: the plan that the statement itself gets on ordinary
  /// PostgreSQL tables.
  public static func rowIdentifiers(
    relations: [QualifiedName: RowIdentity] = [:], target: RewriteTarget? = nil
  ) -> RewriteForm { RewriteForm(true, relations, target) }

  /// All columns of the target: for views and for engines without `ctid`, as Aurora DSQL.
  public static let allColumns = RewriteForm(false, [:], nil)

  /// All columns of a target of which PostgreSQL's catalog was asked, and what is remembered of the others.
  public static func allColumns(
    relations: [QualifiedName: RowIdentity], target: RewriteTarget
  ) -> RewriteForm { RewriteForm(false, relations, target) }
}

/// What the catalog says of the table or view that is changed.
public struct RewriteTarget: Sendable, Hashable {
  /// Its schema: a CTE of the target's name hides it from a SELECT that does not give the schema.
  public let schema: String
  /// Whether it has partitions or inheritance children.
  public let isInherited: Bool
  /// The types that assigned values are converted to, by column.
  public let columns: [String: AssignedType]

  /// A target.
  public init(schema: String, isInherited: Bool = false, columns: [String: AssignedType] = [:]) {
    self.schema = schema
    self.isInherited = isInherited
    self.columns = columns
  }
}

/// The type of a column.
public struct AssignedType: Sendable, Hashable {
  /// As `format_type` prints it with an empty search path: `character varying(40)`, `public.mood`.
  public let name: String
  /// A domain's constraints are checked even for a constant.
  public let isDomain: Bool

  /// A type.
  public init(_ name: String, isDomain: Bool = false) {
    self.name = name
    self.isDomain = isDomain
  }
}

/// What an UPDATE or DELETE carries through its joins for one relation of its FROM or USING list.
public enum RowIdentity: Sendable, Hashable {
  /// An ordinary table.
  case ctid
  /// Partitions or inheritance children: their rows are told apart by `tableoid` as well.
  case ctidAndTable
  /// The whole row: foreign tables, and views that the planner does not merge into the query.
  case wholeRow
  /// Nothing that a query could name: views that the planner replaces by their tables.
  case none

  /// For a view; decided on its definition, as `pg_get_viewdef` prints it.
  ///
  /// - Parameter isBarrier: `security_barrier`: never merged.
  public static func view(definition: String, isBarrier: Bool) -> RowIdentity {
    let keepsItsNode = LargeStack.run {
      (try? ParsedStatement.only(in: definition))?.root.map(RowIdentities.keepsItsNode) ?? false
    }
    return keepsItsNode || isBarrier ? .wholeRow : .none
  }
}
