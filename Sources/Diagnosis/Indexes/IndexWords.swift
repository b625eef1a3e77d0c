import Catalog
import SQLNames

extension IndexKey {
  /// For prose: a column with the quotes that it needs, or the expression.
  var words: String { isExpression ? text : SQLIdentifier(text).quoted }
}

extension IndexDefinition {
  /// For prose: `orders_status_idx (status, id)`.
  var words: String { "\(SQLIdentifier(name)) (\(keys.map(\.words).joined(separator: ", ")))" }
}
