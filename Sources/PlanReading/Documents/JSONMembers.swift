import JSONTree

/// The members of one object, found by their names as these stand in the document.
///
/// A node has some forty. Names differ in length or in few bytes, so to look at all of them is quicker than to
/// make a table of strings for every node.
struct JSONMembers {
  /// In the order of the document; views into its bytes.
  private(set) var keys: [Bytes] = []
  /// In the order of their keys, and apart from those: to look at a key costs less than to hold a value.
  private(set) var values: [JSONValue] = []

  init(of object: JSONValue, in document: Bytes) {
    keys.reserveCapacity(48)
    values.reserveCapacity(48)
    // XML calls both kinds of an incremental sort's groups by one name; the full sorts come first.
    var names: ArraySlice<StaticString> = ["Full-sort Groups", "Pre-sorted Groups"]
    object.forEachMember { range, value in
      let key = document.slice(range)
      let isGroups = key.equals("Incremental Sort Groups")
      keys.append(isGroups ? names.popFirst().map(Bytes.init) ?? key : key)
      values.append(value)
    }
  }

  /// The first member of that name.
  subscript(name: StaticString) -> JSONValue? {
    let wanted = Bytes(name)
    return keys.firstIndex { $0.equals(wanted) }.map { values[$0] }
  }

  /// All members of that name, in their order.
  func all(named name: StaticString) -> [JSONValue] {
    keys.indices.filter { keys[$0].equals(name) }.map { values[$0] }
  }

  /// Adds members behind those that are there.
  mutating func add(_ more: JSONMembers) {
    keys += more.keys
    values += more.values
  }
}

extension Bytes {
  /// A word of the program.
  fileprivate init(_ word: StaticString) { self.init(start: word.utf8Start, count: word.utf8CodeUnitCount) }
}
