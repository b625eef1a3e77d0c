import JSONTree

/// The members of one object, found by their names as these stand in the document.
///
/// A node has some forty. Names differ in length or in few bytes, so to look at all of them is quicker than to
/// make a table of strings for every node.
struct JSONMembers {
  /// In the order of the document; a view into its bytes.
  private(set) var all: [(key: Bytes, value: JSONValue)] = []

  init(of object: JSONValue, in document: Bytes) {
    all.reserveCapacity(48)
    // XML calls both kinds of an incremental sort's groups by one name; the full sorts come first.
    var names: ArraySlice<StaticString> = ["Full-sort Groups", "Pre-sorted Groups"]
    object.forEachMember { range, value in
      let key = document.slice(range)
      let isGroups = key.equals("Incremental Sort Groups")
      all.append((isGroups ? names.popFirst().map(Bytes.init) ?? key : key, value))
    }
  }

  /// The first member of that name.
  subscript(name: StaticString) -> JSONValue? { all.first { $0.key.equals(name) }?.value }

  /// Adds members behind those that are there.
  mutating func add(_ more: JSONMembers) { all += more.all }
}

extension Bytes {
  /// A word of the program.
  fileprivate init(_ word: StaticString) { self.init(start: word.utf8Start, count: word.utf8CodeUnitCount) }
}
