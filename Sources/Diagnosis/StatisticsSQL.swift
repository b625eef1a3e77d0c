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

  static func create(_ proposal: StatisticsProposal, evidence: EvidenceBook) -> RemedyScript {
    let table = proposal.table
    let name = QualifiedName(schema: table.schema, name: statisticsName(proposal, evidence))
    let target = proposal.target.map { target -> SafeSQL in
      "ALTER STATISTICS \(name) SET STATISTICS \(target);"
    }
    return RemedyScript(
      statements: ["CREATE STATISTICS \(name)\(kinds(proposal)) ON \(columns(proposal)) FROM \(table);"]
        + [target, "ANALYZE \(table);"].compactMap { $0 },
      undo: ["DROP STATISTICS \(name);"], dangers: [otherPlans(table)],
      notes: ["It is empty until ANALYZE has run."])
  }

  /// One expression alone takes no kinds.
  private static func kinds(_ proposal: StatisticsProposal) -> SafeSQL {
    guard proposal.columns.count + proposal.expressions.count > 1 else { return "" }
    let kinds = proposal.kinds.map { kind -> SafeSQL in "\(SQLIdentifier(kind.rawValue))" }
    return " (\(kinds.joined(separator: ", ")))"
  }

  private static func columns(_ proposal: StatisticsProposal) -> SafeSQL {
    let columns = proposal.columns.map { column -> SafeSQL in "\(SQLIdentifier(column))" }
    let expressions = proposal.expressions.compactMap { SQLFragment(expression: $0) }
    return (columns + expressions.map { "(\($0))" }).joined(separator: ", ")
  }

  static func setRows(_ rows: Int, of function: FunctionSignature, before: Int) -> RemedyScript {
    guard let arguments = SQLFragment(functionArguments: function.arguments) else {
      return RemedyScript(statements: [], undo: [], dangers: [])
    }
    return RemedyScript(
      statements: ["ALTER FUNCTION \(function.name)(\(arguments)) ROWS \(rows);"],
      undo: ["ALTER FUNCTION \(function.name)(\(arguments)) ROWS \(before);"],
      dangers: ["Every plan that calls \(function.name.quoted) may change, not only this one."])
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

  /// As PostgreSQL names statistics that were given no name (`ChooseExtendedStatisticName`), but with the words
  /// of an expression in it, so that two of one table have two names.
  private static func statisticsName(_ proposal: StatisticsProposal, _ evidence: EvidenceBook) -> String {
    let words = proposal.expressions.flatMap { text in
      text.split { !($0.isLetter || $0.isNumber || $0 == "_") }.map(String.init)
    }
    let columns = (proposal.columns + words).joined(separator: "_")
    let taken = Set(
      evidence.relations.flatMap { $0.extendedStatistics ?? [] }.map {
        String($0.name.split(separator: ".").last ?? "")
      })
    let suffixes = ["_stat"] + (1...9).map { "_stat\($0)" }
    let names = suffixes.map { IndexNaming.fitted(table: proposal.table.name, columns: columns, suffix: $0) }
    return names.first { !taken.contains($0) } ?? names[0]
  }

  private static func otherPlans(_ table: QualifiedName) -> String {
    "Every plan that reads \(table.quoted) may change, not only this one."
  }

  private static let notUndone = "Nothing undoes it: the next ANALYZE replaces these statistics."

  private static func exclusiveLock(_ table: QualifiedName) -> String {
    "ALTER TABLE waits for ANALYZE, VACUUM and DDL on \(table.quoted); readers and writers go on."
  }
}
