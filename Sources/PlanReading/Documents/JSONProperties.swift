import ByteReading
import JSONTree
import PlanModel

/// Turns members of a JSON object into the properties that TEXT prints.
///
/// One object serves a whole document, whose names it comes to know.
final class JSONProperties {
  /// The document that the members stand in.
  let document: Bytes
  /// The first figure that is no number, as `Total Cost: 12,5`.
  private(set) var fault: String?
  private let isVerbose: Bool
  private var keys = InternedValues<JSONMemberKey?>()

  init(_ document: Bytes, isVerbose: Bool) {
    self.document = document
    self.isVerbose = isVerbose
  }

  /// The properties that the members stand for: none where TEXT says it elsewhere, or not at all.
  func properties(_ members: JSONMembers) -> [PlanProperty] {
    var properties: [PlanProperty] = []
    for (number, name) in members.keys.enumerated() {
      guard let key = keys.value(for: name, make: JSONMemberKey.init) else { continue }
      let value = members.values[number]
      if !key.hasOwnLine {
        properties += lines(key, value, members)
      } else if let text = key.text(of: value) {
        properties.append(PlanProperty(key.printed, text))
      }
    }
    return properties
  }

  /// Remembers the first of these members that is there and no number.
  func noteFault(_ members: JSONMembers, _ names: [StaticString]) {
    guard fault == nil else { return }
    let name = names.first { members[$0].map { $0.kind != .null && $0.double == nil } ?? false }
    fault = name.map { "\($0): \(members[$0]?.string ?? "")" }
  }

  /// The lines of a member that is more than a plain value.
  private func lines(_ key: JSONMemberKey, _ value: JSONValue, _ members: JSONMembers) -> [PlanProperty] {
    if let combined = Self.combined(key.name, members) { return combined }
    switch key.name {
    case "Inner Unique" where !isVerbose: return []
    case "Target Tables": return value.elements.map { PlanProperty(.targetTable, Self.target($0)) }
    case "Grouping Sets": return value.elements.flatMap(Self.groupingSet)
    case "Storage": return [PlanProperty("Storage", Self.storage(Self.text(of: value), members))]
    case "Full-sort Groups", "Pre-sorted Groups": return [PlanProperty(key.printed, Self.groups(value))]
    default: return key.text(of: value).map { [PlanProperty(key.printed, $0)] } ?? []
    }
  }

  /// A value as TEXT prints it.
  static func text(of value: JSONValue) -> String { value.listText }

  // MARK: Several members, one line of TEXT

  /// The line that several members share: printed for the first of them, nothing for the others.
  private static func combined(_ key: Bytes, _ members: JSONMembers) -> [PlanProperty]? {
    if CombinedLine.isSampling(key) {
      return key.equals("Sampling Method") ? [PlanProperty("Sampling", sampling(members))] : []
    }
    for line in CombinedLine.all where line.applies(to: key, members) {
      guard line.parts.first.map({ key.equals($0.key) }) == true, let value = line.text(members) else {
        return []
      }
      return [PlanProperty(line.key, value)]
    }
    return nil
  }

  /// `system ('10'::real) REPEATABLE ('1'::double precision)`.
  private static func sampling(_ members: JSONMembers) -> String {
    let method = members["Sampling Method"].map(text) ?? ""
    let parameters = members["Sampling Parameters"].map(text) ?? ""
    let seed = members["Repeatable Seed"].map { " REPEATABLE (\(text(of: $0)))" } ?? ""
    return "\(method) (\(parameters))\(seed)"
  }

  /// `Memory  Maximum Storage: 17kB`, from release 18 on.
  private static func storage(_ kind: String, _ members: JSONMembers) -> String {
    members["Maximum Storage"].map { "\(kind)  Maximum Storage: \(text(of: $0))kB" } ?? kind
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
struct CombinedLine {
  var key: PropertyKey
  var parts: [(key: StaticString, word: String)]

  /// A part that older servers do not print.
  var sinceRelease18: (key: StaticString, word: String)?

  /// INSERT … ON CONFLICT prints `Tuples Inserted` too, on a line of its own.
  func applies(to key: Bytes, _ members: JSONMembers) -> Bool {
    has(key) && parts.allSatisfy { members[$0.key] != nil }
  }

  /// Whether a member of that name may stand on this line.
  func has(_ key: Bytes) -> Bool {
    parts.contains { key.equals($0.key) } || sinceRelease18.map { key.equals($0.key) } == true
  }

  /// `Sampling: system ('10'::real)` is made up of three members, whatever they are.
  static func isSampling(_ key: Bytes) -> Bool {
    key.hasPrefix("Sampling") || key.equals("Repeatable Seed")
  }

  /// The line's value; `nil` where all of it is 0 and TEXT prints no line.
  func text(_ members: JSONMembers) -> String? {
    let words = (parts + [sinceRelease18].compactMap(\.self)).compactMap { part -> String? in
      guard let value = members[part.key], value.double != 0 else { return nil }
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
