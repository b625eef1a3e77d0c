import Statements

/// What the planner knows, while it plans, of the value that a column is compared with.
enum Comparand: Equatable {
  /// A constant as text.
  case value(String)
  case null
  /// A value that comes from a parameter or from another table.
  case unknown
  /// An array's members.
  case members([Comparand])
  /// A column of the same table.
  case ownColumn
  /// A value that the planner computed, which the plan does not show.
  case computed

  /// An operand as a scan of the table with this label sees it.
  init(_ operand: Operand, label: String, parameters: [Int]) {
    switch operand {
    case .constant(let constant): self = constant.kind == .null ? .null : .value(constant.text)
    case .parameter: self = .unknown
    case .column(let column): self = column.belongs(to: label) ? .ownColumn : .unknown
    case .list(let list):
      self = .members(list.map { Comparand($0, label: label, parameters: parameters) })
    case .expression(let shape): self = Self.expression(shape, label: label, parameters: parameters)
    case .none, .subSelect: self = .computed
    }
  }

  private static func expression(_ shape: ExpressionShape, label: String, parameters: [Int]) -> Comparand {
    if shape.columns.contains(where: { $0.belongs(to: label) }) { return .ownColumn }
    if !shape.columns.isEmpty { return .unknown }
    return parameters.isEmpty || !shape.functions.isEmpty ? .computed : .unknown
  }

  /// The members of an array constant or of ARRAY[…]; `nil` where they are not known.
  var arrayMembers: [Comparand]? {
    switch self {
    case .members(let members): members
    case .value(let text): ArrayText.members(text)?.map { $0.map { .value($0) } ?? .null }
    default: nil
    }
  }
}
