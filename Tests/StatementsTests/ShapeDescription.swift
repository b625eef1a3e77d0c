@testable import Statements

/// Short forms of shapes, so that tables of examples fit on lines.
func shape(_ sql: String) throws -> StatementShape {
  try Admission.admit(StatementText(sql), parameters: .notNeeded).shape
}

extension ColumnReference {
  var short: String { (alias.map { $0 + "." } ?? "?.") + name + (isOuter ? "^" : "") }
}

extension Operand {
  var short: String {
    switch self {
    case .none: ""
    case .constant(let constant):
      (constant.kind == .null ? "NULL" : constant.text) + (constant.type.map { "::" + $0 } ?? "")
    case .parameter(let number): "$\(number)"
    case .column(let column): column.short
    case .list(let members): "[" + members.map(\.short).joined(separator: " ") + "]"
    case .subSelect(let block): "block \(block.map(String.init) ?? "?")"
    case .expression(let shape):
      "expr(" + (shape.columns.map(\.short) + shape.functions.map { $0 + "()" }).joined(separator: " ") + ")"
    }
  }
}

extension ColumnPredicate {
  /// `lower(cast:text(t.a)) equal x`
  var short: String {
    let subject = column.map { column in
      wrapping.reversed().reduce(column.short) { inner, layer in
        switch layer {
        case .cast(let type): "\(inner)::\(type)"
        case .function(let name): "\(name)(\(inner))"
        case .operator(let name, let operand, let isLeft):
          isLeft ? "(\(inner)\(name)\(operand.short))" : "(\(operand.short)\(name)\(inner))"
        case .collation(let name): "collate:\(name)(\(inner))"
        case .element: "element(\(inner))"
        case .other(let kind): "\(kind)(\(inner))"
        }
      }
    }
    let parts =
      [subject ?? "", "\(comparison)", operand.short]
      + (branches.isEmpty ? [] : ["{" + branches.map(\.short).joined(separator: "; ") + "}"])
    return parts.filter { !$0.isEmpty }.joined(separator: " ")
  }
}

extension JoinCondition {
  var short: String { "\(left.column.short) \(comparison) \(right.column.short) \(kind)" }
}
