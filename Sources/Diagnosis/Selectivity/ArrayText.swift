/// An array constant as PostgreSQL prints it: `{1,2,NULL,"a b"}`.
enum ArrayText {
  /// Its members, `nil` standing for NULL; `nil` for nested arrays and for what is no array.
  static func members(_ text: String) -> [String?]? {
    guard text.hasPrefix("{"), text.hasSuffix("}") else { return nil }
    var reader = Reader(rest: text.dropFirst().dropLast())
    if reader.rest.isEmpty { return [] }
    var members: [String?] = []
    while let member = reader.next() {
      members.append(member.text)
      if member.isLast { return members }
    }
    return nil
  }

  private struct Reader {
    var rest: Substring

    /// The next member; `nil` where a brace stands outside quotes.
    mutating func next() -> (text: String?, isLast: Bool)? {
      var text = ""
      var (isQuoted, wasQuoted) = (false, false)
      while let character = rest.popFirst() {
        switch character {
        case "\\": text.append(rest.popFirst() ?? "\\")
        case "\"":
          isQuoted.toggle()
          wasQuoted = true
        case ",", "{", "}":
          if isQuoted {
            text.append(character)
          } else if character == "," {
            return (value(text, wasQuoted), false)
          } else {
            return nil
          }
        default: text.append(character)
        }
      }
      return (value(text, wasQuoted), true)
    }

    private func value(_ text: String, _ wasQuoted: Bool) -> String? {
      !wasQuoted && text.uppercased() == "NULL" ? nil : text
    }
  }
}
