import ByteReading
import JSONTree
import PlanModel

/// How TEXT prints the members of one name: found once for each name of a document.
struct JSONMemberKey {
  /// Where TEXT has what the member says.
  enum Place {
    /// In the node's type, name and figures; or only JSON has it.
    case elsewhere
    /// On a line of its own.
    case ownLine
    /// On a line with other members, or on several lines.
    case otherLines
  }

  let name: Bytes
  /// The key in TEXT.
  let printed: PropertyKey
  let place: Place
  private let isUnsaidWhenZero: Bool
  private let isExpression: Bool
  /// Printed behind a number.
  private let unit: String

  init(_ name: Bytes) {
    let text = name.text
    self.name = name
    printed = PropertyKey(Self.textKeys[text] ?? text)
    place = Self.place(of: name, text)
    isUnsaidWhenZero = Self.unsaidWhenZero.contains(text)
    isExpression = PropertyKind(key: text) == .expression
    unit = Self.textUnits[text] ?? ""
  }

  /// The value on a line of its own; `nil` for zeros and `false` where TEXT prints no line.
  func text(of value: JSONValue) -> String? {
    if isUnsaidWhenZero, value.double == 0 { return nil }
    // In XML a condition may read `false`: that is an expression.
    if value.bool == false, value.kind == .false || !isExpression { return nil }
    return value.listText + unit
  }

  private static func place(of name: Bytes, _ text: String) -> Place {
    if elsewhere.contains(text) || JSONFigures.keys.contains(text) { return .elsewhere }
    if CombinedLine.all.contains(where: { $0.has(name) }) || CombinedLine.isSampling(name) {
      return .otherLines
    }
    switch name {
    case "Inner Unique", "Target Tables", "Grouping Sets", "Storage", "Full-sort Groups", "Pre-sorted Groups":
      return .otherLines
    default: return .ownLine
    }
  }

  /// Members that make up the node's type, name and figures, or that only JSON has.
  private static let elsewhere: Set<String> = [
    "Node Type", "Strategy", "Partial Mode", "Operation", "Parent Relationship", "Subplan Name",
    "Custom Plan Provider", "Parallel Aware", "Async Capable", "Scan Direction", "Index Name",
    "Relation Name", "Function Name", "Table Function Name", "CTE Name", "Tuplestore Name", "Schema",
    "Alias", "Join Type", "Command", "Startup Cost", "Total Cost", "Plan Rows", "Plan Width", "Workers",
    "Plans", "Worker Number", "JIT", "Maximum Storage",
  ]

  private static let unsaidWhenZero: Set<String> = [
    "Rows Removed by Filter", "Rows Removed by Index Recheck", "Rows Removed by Join Filter",
    "Rows Removed by Conflict Filter", "Subplans Removed",
  ]

  /// Keys that TEXT shortens.
  private static let textKeys = [
    "Cache Hits": "Hits", "Cache Misses": "Misses", "Cache Evictions": "Evictions",
    "Cache Overflows": "Overflows",
  ]

  /// Units that TEXT prints behind a number.
  private static let textUnits = ["Foreign File Size": " b"]
}
