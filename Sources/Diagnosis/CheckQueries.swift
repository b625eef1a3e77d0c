import Catalog
import Statements

/// Statements that check what could not be verified, for the reader to run.
enum CheckQueries {
  /// The indexes of a table.
  static func indexes(of table: QualifiedName) -> SafeSQL {
    """
    SELECT indexrelid::regclass AS index, pg_get_indexdef(indexrelid) FROM pg_index \
    WHERE indrelid = to_regclass(\(SQLLiteral(table.quoted)));
    """
  }

  /// How old the statistics of tables are, and how much was changed since.
  static func statistics(of tables: [QualifiedName]) -> SafeSQL {
    let names = tables.map { table -> SafeSQL in "to_regclass(\(SQLLiteral(table.quoted)))" }
    return """
      SELECT relid::regclass AS table, last_analyze, last_autoanalyze, n_mod_since_analyze, n_live_tup \
      FROM pg_stat_all_tables WHERE relid IN (\(names.joined(separator: ", ")));
      """
  }

  /// A foreign key, and the indexes of the table that refers.
  static func foreignKey(_ name: String) -> SafeSQL {
    """
    SELECT conrelid::regclass AS table, pg_get_constraintdef(c.oid), pg_get_indexdef(indexrelid) \
    FROM pg_constraint c LEFT JOIN pg_index ON indrelid = conrelid \
    WHERE contype = 'f' AND conname = \(SQLLiteral(name));
    """
  }
}
