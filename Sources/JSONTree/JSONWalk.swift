/// Questions about everything inside a value, answered by one pass over the flat array.
extension JSONValue {
  /// Where the value stands in its document: smaller means earlier, and no two values share it.
  public var position: Int { index }

  /// The first member of an object; `nil` for every other kind and for an empty object.
  public var firstMember: (key: String, value: JSONValue)? {
    guard kind == .object, index + 2 <= lastPosition else { return nil }
    return (JSONValue(tree: tree, index: index + 1).keyText, JSONValue(tree: tree, index: index + 2))
  }

  /// Every member at any depth whose value is an object, in document order.
  public var objects: some Sequence<(key: String, value: JSONValue)> {
    keyPositions.lazy
      .filter { tree.entries[$0].kind == .key && tree.entries[$0 + 1].kind == .object }
      .map { (JSONValue(tree: tree, index: $0).keyText, JSONValue(tree: tree, index: $0 + 1)) }
  }

  /// Every object at any depth, itself included, in document order.
  public var allObjects: some Sequence<JSONValue> {
    (index...lastPosition).lazy
      .filter { tree.entries[$0].kind == .object }
      .map { JSONValue(tree: tree, index: $0) }
  }

  /// Every text at any depth without what is inside members of a name, in document order.
  public func strings(notInside other: StaticString) -> [JSONValue] {
    var result: [JSONValue] = []
    var position = index
    while position <= lastPosition {
      if tree.entries[position].kind == .string { result.append(JSONValue(tree: tree, index: position)) }
      position = isKey(position, other) ? Int(tree.entries[position + 1].next) : position + 1
    }
    return result
  }

  /// Every text at any depth, itself included, in document order.
  public var allStrings: some Sequence<JSONValue> {
    (index...lastPosition).lazy
      .filter { tree.entries[$0].kind == .string }
      .map { JSONValue(tree: tree, index: $0) }
  }

  /// The plain values at any depth with `, ` between them, each behind the keys that lead to it and a colon.
  public var listText: String {
    guard kind == .object || kind == .array else { return plainText }
    var text = ""
    var needsComma = false
    for position in index...lastPosition {
      let value = JSONValue(tree: tree, index: position)
      guard value.kind != .object, value.kind != .array else { continue }
      if needsComma { text += ", " }
      needsComma = value.kind != .key
      text += value.kind == .key ? value.keyText + ": " : value.plainText
    }
    return text
  }

  /// Whether some object at any depth has a member of that name.
  public func hasMember(named name: StaticString) -> Bool { keyPositions.contains { isKey($0, name) } }

  /// The values of the members of that name at any depth, in document order.
  public func descendants(named name: StaticString) -> [JSONValue] {
    keyPositions.compactMap {
      isKey($0, name) ? JSONValue(tree: tree, index: $0 + 1) : nil
    }
  }

  /// The same without what is inside members of another name.
  public func descendants(named name: StaticString, notInside other: StaticString) -> [JSONValue] {
    var result: [JSONValue] = []
    var position = index + 1
    while position < lastPosition {
      if isKey(position, name) { result.append(JSONValue(tree: tree, index: position + 1)) }
      position = isKey(position, other) ? Int(tree.entries[position + 1].next) : position + 1
    }
    return result
  }

  /// How many containers enclose the innermost value, this one included.
  public var depth: Int {
    var deepest = 0
    var ends: [Int] = []
    for position in index...lastPosition {
      while let end = ends.last, end <= position { ends.removeLast() }
      let entry = tree.entries[position]
      guard entry.kind == .object || entry.kind == .array else { continue }
      ends.append(Int(entry.next))
      deepest = max(deepest, ends.count)
    }
    return deepest
  }

  /// Whether two values are equal when the members of the given names, which hold plain values, are
  /// left out on both sides.
  public func matches(_ other: JSONValue, ignoring names: Set<String>) -> Bool {
    let mine = significantEntries(ignoring: names)
    let theirs = other.significantEntries(ignoring: names)
    guard mine.count == theirs.count else { return false }
    return zip(mine, theirs).allSatisfy { left, right in
      let (first, second) = (tree.entries[left], other.tree.entries[right])
      guard first.kind == second.kind else { return false }
      // Containers are equal when what is inside is, and how much is inside.
      guard first.kind != .object, first.kind != .array else {
        return childCount(left, ignoring: names) == other.childCount(right, ignoring: names)
      }
      return tree.bytes[Int(first.start)..<Int(first.end)]
        .elementsEqual(other.tree.bytes[Int(second.start)..<Int(second.end)])
    }
  }

  private func isKey(_ position: Int, _ name: StaticString) -> Bool {
    let entry = tree.entries[position]
    let length = name.utf8CodeUnitCount
    guard entry.kind == .key, Int(entry.end - entry.start) == length else { return false }
    return (0..<length).allSatisfy { tree.bytes[Int(entry.start) + $0] == name.utf8Start[$0] }
  }

  /// Where keys can stand: the last entry is a value.
  private var keyPositions: Range<Int> { (index + 1)..<max(index + 1, lastPosition) }

  private var lastPosition: Int { Int(tree.entries[index].next) - 1 }

  private var plainText: String {
    switch kind {
    case .true: "true"
    case .false: "false"
    case .null: "null"
    default: string ?? numberText ?? ""
    }
  }

  private var keyText: String {
    let entry = tree.entries[index]
    return String(decoding: tree.bytes[Int(entry.start)..<Int(entry.end)], as: UTF8.self)
  }

  private func significantEntries(ignoring names: Set<String>) -> [Int] {
    var result: [Int] = []
    var position = index
    while position <= lastPosition {
      if isIgnored(position, names) {
        position = Int(tree.entries[position + 1].next)
      } else {
        result.append(position)
        position += 1
      }
    }
    return result
  }

  private func isIgnored(_ position: Int, _ names: Set<String>) -> Bool {
    tree.entries[position].kind == .key && names.contains(JSONValue(tree: tree, index: position).keyText)
  }

  private func childCount(_ position: Int, ignoring names: Set<String>) -> Int {
    var count = 0
    var child = position + 1
    while child < Int(tree.entries[position].next) {
      let ignored = isIgnored(child, names)
      if tree.entries[child].kind == .key { child += 1 }
      child = Int(tree.entries[child].next)
      if !ignored { count += 1 }
    }
    return count
  }
}
