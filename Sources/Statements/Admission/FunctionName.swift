import Catalog

extension QualifiedName {
  /// A function's name as `--allow-function` takes it and a rejection prints it: `name` or `schema.name`.
  /// As in SQL, what is not in double quotes is folded to lower case, and a dot inside quotes belongs to
  /// the name.
  ///
  /// An operator may stand for the name.
  ///
  /// `nil` for anything else, arguments in parentheses among it: a name stands for all its overloads.
  public init?(functionName text: String) {
    var parts: [String] = []
    var rest = Substring(text)
    repeat {
      guard let part = rest.first == "\"" ? Self.quotedPart(&rest) : Self.plainPart(&rest) else { return nil }
      parts.append(part)
    } while Self.skipDot(&rest)
    guard rest.isEmpty, parts.count <= 2, let name = parts.last else { return nil }
    self.init(schema: parts.count == 2 ? parts[0] : nil, name: name)
  }

  private static func skipDot(_ rest: inout Substring) -> Bool {
    guard rest.first == "." else { return false }
    rest.removeFirst()
    return true
  }

  private static func quotedPart(_ rest: inout Substring) -> String? {
    var name = ""
    rest.removeFirst()
    while let character = rest.popFirst() {
      if character != "\"" {
        name.append(character)
      } else if rest.first == "\"" {
        name.append(rest.removeFirst())
      } else {
        return name.isEmpty ? nil : name
      }
    }
    return nil
  }

  /// PostgreSQL folds the letters of ASCII alone.
  private static func plainPart(_ rest: inout Substring) -> String? {
    let symbol = rest.prefix { "+-*/<>=~!@#%^&|`?".contains($0) }
    if !symbol.isEmpty {
      rest = rest.dropFirst(symbol.count)
      return String(symbol)
    }
    let name = rest.prefix { $0.isLetter || $0.isNumber || $0 == "_" || $0 == "$" }
    guard let first = name.first, first.isLetter || first == "_" else { return nil }
    rest = rest.dropFirst(name.count)
    return String(name.map { $0.isASCII ? Character($0.lowercased()) : $0 })
  }
}
