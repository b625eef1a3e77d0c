import Catalog

/// What the SELECT made from an UPDATE or DELETE reads to stand for the rows that would change.
public enum RewriteForm: Sendable, Hashable {
  /// `ctid` of the target and of every other table: the plan that the DML itself gets on ordinary
  /// PostgreSQL tables. Relations of `FROM` or `USING` that have no `ctid`, views for example, are named.
  case rowIdentifiers(notIn: Set<QualifiedName> = [])
  /// All columns of the target: for views and for engines without `ctid`, as Aurora DSQL.
  case allColumns
}
