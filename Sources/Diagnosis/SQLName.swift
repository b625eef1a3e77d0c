import Catalog
import struct Statements.SQLIdentifier
import struct Statements.SQLLiteral

/// The catalog's names as SQL text.
enum SQLName {
  /// The name, in quotes where PostgreSQL would fold or misread it otherwise.
  static func quoted(_ name: String) -> String { SQLIdentifier(name).quoted }

  /// `schema.name`, each quoted where needed.
  static func quoted(_ name: QualifiedName) -> String {
    (name.schema.map { quoted($0) + "." } ?? "") + quoted(name.name)
  }

  /// A string literal.
  static func literal(_ text: String) -> String { SQLLiteral(text).quoted }
}
