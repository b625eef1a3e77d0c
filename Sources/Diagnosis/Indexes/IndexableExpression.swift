import Catalog
import SQLNames
import Statements

/// A function of one plain column that an index can hold: immutable for certain, and printed by EXPLAIN in
/// the form that the index would have.
///
///     (lower((customers.email)::text) = 'x'::text)   →   lower(email::text)
struct IndexableExpression {
  /// As `pg_get_indexdef` prints it: a key of an index.
  let text: String

  /// Built-in functions whose result depends on their one argument alone (`pg_proc.provolatile` is `i` for
  /// each of their one-argument forms).
  private static let immutableFunctions: Set<String> = [
    "lower", "upper", "initcap", "length", "char_length", "character_length", "octet_length", "reverse",
    "md5",
    "btrim", "ltrim", "rtrim", "abs", "floor", "ceil", "ceiling", "sign",
  ]

  /// `nil` for anything else around the column, and where the printed condition does not begin with the
  /// expression: further arguments, or a function of another schema, would show there.
  init?(_ predicate: ColumnPredicate, label: String) {
    guard let column = predicate.column, predicate.wrapping.contains(where: \.isFunction),
      let printed = Self.nested(
        predicate.wrapping, around: column.name, qualifier: column.qualifier, in: .plan),
      let text = predicate.text?.text, text.hasPrefix("(\(printed) ") || text.hasPrefix("\(printed) "),
      let key = Self.nested(predicate.wrapping, around: column.name, qualifier: nil, in: .index)
    else { return nil }
    self.text = key
  }

  /// EXPLAIN puts brackets around what is cast, `pg_get_indexdef` does so only where they are needed.
  private enum Form { case plan, index }

  private static func nested(
    _ wrapping: [ColumnWrapping], around column: String, qualifier: String?, in form: Form
  ) -> String? {
    var text = [qualifier, column].compactMap { $0.map { SQLIdentifier($0).quoted } }.joined(separator: ".")
    for layer in wrapping.reversed() {
      switch layer {
      // From `varchar` to `text` no byte changes; of other types the session's settings may have a say.
      case .cast("text") where layer == wrapping.last:
        text = form == .plan ? "(\(text))::text" : "\(text)::text"
      case .function(let name) where immutableFunctions.contains(name): text = "\(name)(\(text))"
      default: return nil
      }
    }
    return text
  }
}

extension ColumnWrapping {
  fileprivate var isFunction: Bool { if case .function = self { true } else { false } }
}
