import Catalog
import SQLNames
import Statements

/// Statements that let ANALYZE learn more.
enum StatisticsSQL {
  static func analyze(_ table: QualifiedName, isAlone: Bool) -> RemedyScript {
    RemedyScript(
      statements: ["ANALYZE \(table);"], undo: [], dangers: [otherPlans(table), notUndone],
      notes: isAlone ? ["Run it on its own, outside a transaction block."] : [])
  }

  static func create(_ proposal: StatisticsProposal) -> RemedyScript {
    let table = proposal.table
    let name = QualifiedName(schema: table.schema, name: statisticsName(proposal))
    let kinds = proposal.kinds.map { kind -> SafeSQL in "\(SQLIdentifier(kind.rawValue))" }
    let columns = proposal.columns.map { column -> SafeSQL in "\(SQLIdentifier(column))" }
    return RemedyScript(
      statements: [
        """
        CREATE STATISTICS \(name) (\(kinds.joined(separator: ", "))) \
        ON \(columns.joined(separator: ", ")) FROM \(table);
        """,
        "ANALYZE \(table);",
      ], undo: ["DROP STATISTICS \(name);"], dangers: [otherPlans(table)],
      notes: ["It is empty until ANALYZE has run."])
  }

  static func setTarget(_ target: Int, of column: ColumnName) -> RemedyScript {
    let (table, name) = (column.table, SQLIdentifier(column.column))
    return RemedyScript(
      statements: [
        "ALTER TABLE \(table) ALTER COLUMN \(name) SET STATISTICS \(target);", "ANALYZE \(table);",
      ],
      undo: ["ALTER TABLE \(table) ALTER COLUMN \(name) SET STATISTICS -1;", "ANALYZE \(table);"],
      dangers: [otherPlans(table), exclusiveLock(table)],
      notes: ["Longer lists take longer to plan with and make ANALYZE read more rows (300 for each)."])
  }

  static func setDistinctValues(_ value: Double, of column: ColumnName) -> RemedyScript {
    let (table, name) = (column.table, SQLIdentifier(column.column))
    return RemedyScript(
      statements: [
        "ALTER TABLE \(table) ALTER COLUMN \(name) SET (n_distinct = \(value));", "ANALYZE \(table);",
      ],
      undo: ["ALTER TABLE \(table) ALTER COLUMN \(name) RESET (n_distinct);", "ANALYZE \(table);"],
      dangers: [otherPlans(table), exclusiveLock(table)],
      notes: ["It overrides what ANALYZE finds until it is reset."])
  }

  /// As PostgreSQL names statistics that were given no name (`ChooseExtendedStatisticName`).
  private static func statisticsName(_ proposal: StatisticsProposal) -> String {
    IndexNaming.fitted(
      table: proposal.table.name, columns: proposal.columns.joined(separator: "_"), suffix: "_stat")
  }

  private static func otherPlans(_ table: QualifiedName) -> String {
    "Every plan that reads \(table.quoted) may change, not only this one."
  }

  private static let notUndone = "Nothing undoes it: the next ANALYZE replaces these statistics."

  private static func exclusiveLock(_ table: QualifiedName) -> String {
    "ALTER TABLE waits for ANALYZE, VACUUM and DDL on \(table.quoted); readers and writers go on."
  }
}
