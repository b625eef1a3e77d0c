import Catalog
import Statements

/// An expression of one column that an index can hold: its value depends on nothing but the row.
///
///     ((customers.doc ->> 'ref'::text) = 'A7'::text)   →   doc ->> 'ref'::text
///
/// What depends on the session, as `timestamptz::date` does on its time zone, is none.
struct ImmutableExpression {
  /// Without the table's label: a key of an index.
  let text: String
  /// The column inside.
  let column: String

  /// Built-in functions that are immutable in every form that takes the column's type (`pg_proc.provolatile`).
  private static let functions: Set<String> = [
    "lower", "upper", "initcap", "length", "char_length", "character_length", "octet_length", "bit_length",
    "reverse", "md5", "btrim", "ltrim", "rtrim", "abs", "floor", "ceil", "ceiling", "sign", "round", "trunc",
    "mod", "substr", "substring", "left", "right", "split_part", "replace", "translate", "coalesce",
    "regexp_replace", "lpad", "rpad", "strpos", "position", "jsonb_array_length", "array_length",
    "cardinality", "sqrt", "power",
  ]
  /// Functions that are immutable unless the column's type has a time zone.
  private static let timeFunctions: Set<String> = ["date_trunc", "date_part", "extract", "date"]
  private static let operators: Set<String> = ["+", "-", "*", "/", "%", "->", "->>", "#>", "#>>"]
  /// Types whose values are written and read in one way whatever the session's settings say.
  private static let plainTypes: Set<String> = [
    "smallint", "integer", "bigint", "numeric", "text", "character varying", "character", "uuid", "boolean",
    "double precision", "real", "json", "jsonb",
  ]

  /// `nil` where the value may depend on the session, or where that is not known.
  init?(
    _ predicate: ColumnPredicate, label: String, relation: RelationEvidence?, functions: [FunctionEvidence]
  ) {
    guard let column = predicate.column, !predicate.hasSubSelect, predicate.parameters.isEmpty,
      let sides = PredicateSides(predicate), !predicate.wrapping.isEmpty
    else { return nil }
    var type = relation?.column(column.name).map { ColumnType(text: $0.type).base }
    for layer in predicate.wrapping.reversed() {
      guard let next = Self.type(of: layer, on: type, functions) else { return nil }
      type = next
    }
    self.column = column.name
    text = PrintedText.unqualified(sides.tested, label: label)
  }

  /// The type that a layer around an immutable expression gives; `nil` where the layer is not immutable.
  private static func type(
    of layer: ColumnWrapping, on type: String?, _ own: [FunctionEvidence]
  ) -> String? {
    switch layer {
    case .cast(let name): cast(from: type, to: ColumnType.printed(name))
    case .function(let name): function(name, of: type, own)
    case .operator(let name, let operand, _): `operator`(name, operand, on: type)
    case .element, .collation: type
    case .other: nil
    }
  }

  private static func cast(from type: String?, to other: String) -> String? {
    if type == "timestamp without time zone", other == "date" { return other }
    guard let type, plainTypes.contains(type), plainTypes.contains(other) else { return nil }
    return other
  }

  private static func function(_ name: String, of type: String?, _ own: [FunctionEvidence]) -> String? {
    let known = own.filter { $0.name.name == name }
    guard known.isEmpty else { return known.allSatisfy { $0.volatility == .immutable } ? "text" : nil }
    guard let type else { return nil }
    if timeFunctions.contains(name) {
      guard ["timestamp without time zone", "date"].contains(type) else { return nil }
      return name == "date" ? "date" : type
    }
    return functions.contains(name) ? type : nil
  }

  private static func `operator`(_ name: String, _ operand: Operand, on type: String?) -> String? {
    guard let type, operators.contains(name) else { return nil }
    switch operand {
    case .constant, .none: break
    default: return nil
    }
    if name.hasSuffix(">>") { return "text" }
    return type == "timestamp with time zone" ? nil : type
  }
}

extension ImmutableExpression {
  /// A valid index that holds this expression in front.
  func index(among indexes: [IndexDefinition]) -> IndexDefinition? {
    indexes.first { index in
      index.isValid
        && (index.keys.first.map { $0.isExpression && Self.form($0.text) == Self.form(text) } ?? false)
    }
  }

  /// EXPLAIN and `pg_get_indexdef` differ in brackets and blanks.
  private static func form(_ text: String) -> String { text.filter { !"() ".contains($0) } }
}
