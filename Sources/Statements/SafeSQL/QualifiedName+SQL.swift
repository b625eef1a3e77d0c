import Catalog
import SQLNames

extension QualifiedName {
  /// `schema.name`, each quoted where it must be.
  public var quoted: String {
    let name = SQLIdentifier(name).quoted
    return schema.map { SQLIdentifier($0).quoted + "." + name } ?? name
  }
}
