import Catalog
import JSONTree
import Postgres
import Statements

/// Whether the server means by the callers' names what is looked up by them.
///
/// The parser of this build cuts a name at 63 bytes of UTF-8, the server at 63 bytes of its own encoding, in
/// which it also keeps it: what comes back may be spelt otherwise.
struct NameSpelling {
  /// Those with characters beyond ASCII.
  let names: [String]

  /// A name is cut at the last character that ends within 63 bytes.
  private static let shortestCut = 60

  init(_ callers: [FunctionCaller]) {
    let written = callers.compactMap(\.calls).flatMap(\.names)
    names = (written + callers.flatMap(\.typeNames)).filter(\.isBeyondASCII)
  }

  /// A name that may mean another one; `nil` where there is none.
  ///
  /// - Parameter row: the answer to ``FunctionQueries/spellings(of:)``.
  func ambiguous(_ row: Row?) -> String? {
    if let alike = AlikeNames.first(in: names) { return alike }
    guard let row, row["encoding"] != "UTF8" else { return nil }
    let kept = row["names"].flatMap { try? JSONTree($0.utf8) }?.root.elements.compactMap(\.string) ?? []
    guard kept.count == names.count else { return names.first }
    return zip(names, kept).first { name, kept in
      name.utf8.count >= Self.shortestCut || !kept.utf8.elementsEqual(name.utf8)
    }?.0
  }
}

extension CalledNames {
  /// All names by which something is looked up, schemas among them.
  fileprivate var names: [String] {
    let functions = functions.flatMap { [$0.schema, $0.name] }
    let types = types.flatMap { [$0.schema, $0.name] }
    let relations = relations.flatMap { [$0.schema, $0.name] }
    return (functions + types + relations).compactMap(\.self) + attributes.map(\.name)
  }
}
