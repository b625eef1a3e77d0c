import JSONTree

/// Names that Swift takes for one and PostgreSQL for two: `é` as one character, and as `e` with an accent.
///
/// PostgreSQL compares bytes; a `String` compares what is written, however it is composed. A statement with
/// two such names is not admitted, so that a set or a dictionary of names nowhere holds one for both.
public enum AlikeNames {
  /// The first name that another one is taken for; `nil` where all can be told apart.
  public static func first(in names: some Sequence<String>) -> String? {
    var seen: [String: String] = [:]
    // Names are looked up in lower case too.
    for name in names.lazy.filter(\.isBeyondASCII).flatMap({ [$0, $0.lowercased()] }) {
      guard let other = seen.updateValue(name, forKey: name) else { continue }
      if !other.utf8.elementsEqual(name.utf8) { return name }
    }
    return nil
  }

  /// All words of a statement but its constants.
  static func check(_ tree: JSONTree) throws(AdmissionError) {
    let words = tree.root.strings(notInside: "A_Const").compactMap(\.string)
    if let name = first(in: words) { throw .alikeNames(name) }
  }
}

extension String {
  /// Whether it has a character that encodings differ in.
  public var isBeyondASCII: Bool { utf8.contains { $0 >= 0x80 } }
}
