import ByteReading
import JSONTree
import PlanModel

/// How TEXT prints the members of one name: found once for each name of a document.
struct JSONMemberKey {
  let name: Bytes
  /// The key in TEXT.
  let printed: PropertyKey
  /// Whether TEXT has a line for it alone, not one with other members, nor several.
  let hasOwnLine: Bool
  private let isUnsaidWhenZero: Bool
  private let isExpression: Bool
  /// Printed behind a number.
  private let unit: String

  /// `nil` for what TEXT has in the node's type, name and figures, or not at all.
  init?(_ name: Bytes) {
    let text = name.text
    if Self.elsewhere.contains(text) || JSONFigures.keys.contains(text) { return nil }
    self.name = name
    printed = PropertyKey(Self.textKeys[text] ?? text)
    hasOwnLine = Self.hasOwnLine(name)
    isUnsaidWhenZero = Self.unsaidWhenZero.contains(text)
    isExpression = PropertyKind(key: name) == .expression
    unit = Self.textUnits[text] ?? ""
  }

  /// The value on a line of its own; `nil` for zeros and `false` where TEXT prints no line.
  func text(of value: JSONValue) -> String? {
    if isUnsaidWhenZero, value.double == 0 { return nil }
    // In XML a condition may read `false`: that is an expression.
    if value.bool == false, value.kind == .false || !isExpression { return nil }
    return unit.isEmpty ? value.listText : value.listText + unit
  }

  private static func hasOwnLine(_ name: Bytes) -> Bool {
    switch name {
    case "Inner Unique", "Target Tables", "Grouping Sets", "Storage", "Full-sort Groups", "Pre-sorted Groups":
      false
    default: !CombinedLine.all.contains { $0.has(name) } && !CombinedLine.isSampling(name)
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
