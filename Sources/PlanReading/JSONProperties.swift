import JSONTree
import PlanModel

/// Turns members of a JSON object into the properties that TEXT prints.
enum JSONProperties {
  /// The properties that a member stands for: none where TEXT says it elsewhere, or not at all.
  static func properties(
    _ key: String, _ value: JSONValue, of type: NodeType, _ byName: [String: JSONValue], isVerbose: Bool
  ) -> [PlanProperty] {
    if elsewhere.contains(key) || JSONFigures.keys.contains(key) { return [] }
    if let combined = combined(key, byName) { return combined }
    switch key {
    case "Inner Unique" where !isVerbose: return []
    case "Target Tables": return value.elements.map { PlanProperty(.targetTable, target($0)) }
    case "Grouping Sets": return value.elements.flatMap(groupingSet)
    case "Storage": return [PlanProperty("Storage", storage(text(of: value), byName))]
    case "Full-sort Groups", "Pre-sorted Groups": return [PlanProperty(PropertyKey(key), groups(value))]
    default: break
    }
    if unsaidWhenZero.contains(key), value.double == 0 { return [] }
    if value.bool == false, isTruth(value, of: key) { return [] }
    return [PlanProperty(PropertyKey(textKeys[key] ?? key), text(of: value) + (textUnits[key] ?? ""))]
  }

  /// In XML a condition may read `false`: that is an expression.
  private static func isTruth(_ value: JSONValue, of key: String) -> Bool {
    if value.kind == .false { return true }
    if case .expression = PropertyKind(key: key) { return false }
    return true
  }

  /// A value as TEXT prints it.
  static func text(of value: JSONValue) -> String { value.listText }

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

  // MARK: Several members, one line of TEXT

  /// The line that several members share: printed for the first of them, nothing for the others.
  private static func combined(_ key: String, _ byName: [String: JSONValue]) -> [PlanProperty]? {
    if key.hasPrefix("Sampling") || key == "Repeatable Seed" {
      return key == "Sampling Method" ? [PlanProperty("Sampling", sampling(byName))] : []
    }
    for line in CombinedLine.all where line.applies(to: key, byName) {
      guard line.parts.first?.key == key, let value = line.text(byName) else { return [] }
      return [PlanProperty(line.key, value)]
    }
    return nil
  }

  /// `system ('10'::real) REPEATABLE ('1'::double precision)`.
  private static func sampling(_ byName: [String: JSONValue]) -> String {
    let method = byName["Sampling Method"].map(text) ?? ""
    let parameters = byName["Sampling Parameters"].map(text) ?? ""
    let seed = byName["Repeatable Seed"].map { " REPEATABLE (\(text(of: $0)))" } ?? ""
    return "\(method) (\(parameters))\(seed)"
  }

  /// `Memory  Maximum Storage: 17kB`, from release 18 on.
  private static func storage(_ kind: String, _ byName: [String: JSONValue]) -> String {
    byName["Maximum Storage"].map { "\(kind)  Maximum Storage: \(text(of: $0))kB" } ?? kind
  }

  // MARK: Nested objects

  /// `public.part_1 part`.
  private static func target(_ object: JSONValue) -> String {
    let name = object["Relation Name"]?.string ?? ""
    let alias = object["Alias"]?.string
    let qualified = (object["Schema"]?.string.map { $0 + "." } ?? "") + name
    return alias == nil || alias == name ? qualified : "\(qualified) \(alias ?? "")"
  }

  /// `Sort Key`, then a `Group Key` or `Hash Key` for each set.
  private static func groupingSet(_ object: JSONValue) -> [PlanProperty] {
    object.members.flatMap { key, value -> [PlanProperty] in
      guard key == "Group Keys" || key == "Hash Keys" else {
        return [PlanProperty(PropertyKey(key), text(of: value))]
      }
      return value.elements.map {
        PlanProperty(PropertyKey(String(key.dropLast())), $0.elements.isEmpty ? "()" : text(of: $0))
      }
    }
  }

  /// `2  Sort Method: quicksort  Average Memory: 30kB  Peak Memory: 30kB`.
  private static func groups(_ object: JSONValue) -> String {
    let methods = object["Sort Methods Used"]?.elements ?? []
    var text = object["Group Count"].map(text) ?? ""
    text += "  Sort Method\(methods.count > 1 ? "s" : ""): " + methods.map(self.text).joined(separator: ", ")
    for (space, usage) in sortSpaces(object, methods.map(self.text)) {
      guard let average = usage["Average Sort Space Used"], let peak = usage["Peak Sort Space Used"] else {
        continue
      }
      text += "  Average \(space): \(self.text(of: average))kB  Peak \(space): \(self.text(of: peak))kB"
    }
    return text
  }

  /// XML calls both `Sort Space`, memory first: of one alone the methods tell which it is.
  private static func sortSpaces(
    _ object: JSONValue, _ methods: [String]
  ) -> [(space: String, usage: JSONValue)] {
    let unnamed = object.members.filter { $0.key == "Sort Space" }.map(\.value)
    if unnamed.count == 1, methods.allSatisfy({ $0.hasPrefix("external") }) { return [("Disk", unnamed[0])] }
    let named = ["Memory", "Disk"].compactMap { space in object["Sort Space \(space)"].map { (space, $0) } }
    return named + zip(["Memory", "Disk"], unnamed)
  }
}

/// Members of JSON that TEXT prints on one line as `key: word=number word=number`, without zeros.
private struct CombinedLine {
  var key: PropertyKey
  var parts: [(key: String, word: String)]

  /// A part that older servers do not print.
  var sinceRelease18: (key: String, word: String)?

  /// INSERT … ON CONFLICT prints `Tuples Inserted` too, on a line of its own.
  func applies(to key: String, _ byName: [String: JSONValue]) -> Bool {
    (parts.contains { $0.key == key } || sinceRelease18?.key == key)
      && parts.allSatisfy { byName[$0.key] != nil }
  }

  /// The line's value; `nil` where all of it is 0 and TEXT prints no line.
  func text(_ byName: [String: JSONValue]) -> String? {
    let words = (parts + [sinceRelease18].compactMap(\.self)).compactMap { part -> String? in
      guard let value = byName[part.key], value.double != 0 else { return nil }
      return "\(part.word)=\(JSONProperties.text(of: value))"
    }
    return words.isEmpty ? nil : words.joined(separator: " ")
  }

  static let all: [CombinedLine] = [
    CombinedLine(
      key: .heapBlocks, parts: [("Exact Heap Blocks", "exact"), ("Lossy Heap Blocks", "lossy")]),
    CombinedLine(
      key: "Tuples",
      parts: [
        ("Tuples Inserted", "inserted"), ("Tuples Updated", "updated"), ("Tuples Deleted", "deleted"),
        ("Tuples Skipped", "skipped"),
      ]),
    CombinedLine(
      key: "WAL", parts: [("WAL Records", "records"), ("WAL FPI", "fpi"), ("WAL Bytes", "bytes")],
      sinceRelease18: ("WAL Buffers Full", "buffers full")),
  ]
}
