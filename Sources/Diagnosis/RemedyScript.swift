import Catalog
import SQLNames
import Statements

/// What a DBA would paste to apply one remedy, how to take it back, and what can go wrong.
public struct RemedyScript: Sendable, Equatable {
  /// Whole statements in the order in which they run, each with its semicolon.
  public var statements: [String]
  /// Statements that take it back; empty where nothing lasts.
  public var undo: [String]
  /// Dangers of these statements themselves, as sentences.
  public var dangers: [String]
  /// What else to know before or after running them, as sentences.
  public var notes: [String]

  /// A script of typed statements; see the properties.
  init(statements: [SafeSQL], undo: [SafeSQL], dangers: [String], notes: [String] = []) {
    self.statements = statements.map(\.text)
    self.undo = undo.map(\.text)
    self.dangers = dangers
    self.notes = notes
  }
}

extension RemedyScript {
  /// Puts the extension that the statements need before them, unless the database has it.
  mutating func install(_ name: String?, unless installed: Set<String>) {
    guard let name, !installed.contains(name) else { return }
    let statement: SafeSQL = "CREATE EXTENSION IF NOT EXISTS \(SQLIdentifier(name));"
    statements.insert(statement.text, at: 0)
    notes.append(
      "The extension \(name) comes with PostgreSQL's contrib package; whoever may create in this database may create it."
    )
  }
}

/// Why a remedy is not printed as SQL: it would be refused, or would repeat what is there.
public enum RemedyRefusal: Error, Sendable, Equatable {
  /// The remedy has nothing to run.
  case nothingToRun
  /// An index without key parts.
  case noKeys
  /// A valid index starts with the same keys and covers the same columns; its name.
  case duplicates(index: String)
  /// The table already has as many indexes as the engine takes.
  case tooManyIndexes(limit: Int)
  /// More key parts than the engine takes.
  case tooManyKeys(limit: Int)
  /// The engine has no `DESC` in an index.
  case noDescendingKeys
  /// No B-tree key can be of this type here.
  case notIndexable(column: String, type: String)
  /// The table is partitioned and its partitions are not known.
  case partitionsUnknown(table: QualifiedName)
  /// The engine refuses this setting.
  case settingRefused(name: String)
  /// The engine has no such statement: `VACUUM`.
  case notOffered(statement: String)
  /// The condition of a partial index cannot be printed as SQL.
  case unreadablePredicate
}
