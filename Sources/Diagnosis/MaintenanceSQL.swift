import Catalog
import SQLNames
import Statements

/// Statements that put a table or an index in order.
enum MaintenanceSQL {
  static func rebuild(_ index: QualifiedName) -> RemedyScript {
    RemedyScript(
      statements: ["REINDEX INDEX CONCURRENTLY \(index);"], undo: [],
      dangers: [
        "It cannot run inside a transaction block, and it waits for every transaction that is open on the table.",
        "A build that fails leaves an INVALID index whose name ends in _ccnew: drop it, then try again.",
        "A unique index is not valid because rows violate it, or because its build was cancelled: look for duplicates first.",
      ])
  }

  static func vacuum(_ table: QualifiedName) -> RemedyScript {
    RemedyScript(
      statements: ["VACUUM (ANALYZE) \(table);"], undo: [],
      dangers: [
        "It cannot run inside a transaction block, and reads and writes every block that changed.",
        "Blocks with rows that an open transaction may still see are not marked: end long transactions first.",
        "Every plan that reads \(table.quoted) may change, not only this one.",
      ])
  }

  static func setOption(_ option: TableOption, of table: QualifiedName, to value: Int?) -> RemedyScript {
    let name = SQLIdentifier(option.rawValue)
    let reset: SafeSQL = "ALTER TABLE \(table) RESET (\(name));"
    return RemedyScript(
      statements: [value.map { "ALTER TABLE \(table) SET (\(name) = \($0));" } ?? reset],
      undo: value == nil ? [] : [reset],
      dangers: ["Every plan that reads \(table.quoted) may change, not only this one."])
  }
}
