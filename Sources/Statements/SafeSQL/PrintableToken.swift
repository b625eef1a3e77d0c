/// One token of SQL, written without characters that hide.
struct PrintableToken {
  /// What is written on a line.
  enum Layout {
    /// Line feeds and tabs stay.
    case lines
    /// Everything goes onto one line.
    case oneLine
  }

  private let source: String
  private let layout: Layout
  private let unicodeEscape: Unicode.Scalar

  /// - Parameter unicodeEscape: what begins an escape in the token, where it is a `U&` one.
  init(_ source: String, _ layout: Layout, unicodeEscape: Unicode.Scalar) {
    self.source = source
    self.layout = layout
    self.unicodeEscape = unicodeEscape
  }

  /// The token as it is printed; as written where nothing in it hides.
  func text(of kind: Token.Kind) -> String {
    switch kind {
    case .lineComment, .blockComment:
      layout == .lines ? HiddenCharacters.shown(in: source) : ""
    case .identifier where source.unicodeScalars.contains(where: mustEscape): name
    case .string where source.unicodeScalars.contains(where: mustEscape): string
    default: source
    }
  }

  /// Carriage returns end lines as line feeds do, to PostgreSQL's scanner too.
  static func withLineFeeds(_ text: String) -> String {
    var result = String.UnicodeScalarView()
    var previous: Unicode.Scalar = " "
    for scalar in text.unicodeScalars {
      if scalar == "\r" || scalar == "\n" && previous != "\r" {
        result.append("\n")
      } else if scalar != "\n" {
        result.append(HiddenCharacters.isHidden(scalar) && scalar.value < 0x80 ? " " : scalar)
      }
      previous = scalar
    }
    return String(result)
  }

  private func mustEscape(_ scalar: Unicode.Scalar) -> Bool {
    layout == .oneLine && (scalar == "\n" || scalar == "\t") || HiddenCharacters.isHidden(scalar)
  }

  // MARK: Names

  private var name: String {
    if let body = body(behind: "\"") { return "U&\"" + unicode(body, doubling: true, escape: "\\") + "\"" }
    if let body = body(behind: "U&\"") {
      return "U&\"" + unicode(body, doubling: false, escape: unicodeEscape) + "\""
    }
    // A bare name is folded to lower case, where it has ASCII letters.
    let folded = source.unicodeScalars.map {
      $0.properties.isUppercase && $0.isASCII ? Self.lowercased($0) : $0
    }
    return "U&\"" + unicode(folded, doubling: true, escape: "\\") + "\""
  }

  private static func lowercased(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
    Unicode.Scalar(UInt8(scalar.value) | 0x20)
  }

  /// Hidden characters as `\001B`.
  private func unicode(_ body: [Unicode.Scalar], doubling: Bool, escape: Unicode.Scalar) -> String {
    body.map { scalar in
      if mustEscape(scalar) { return "\(escape)" + Self.unicodeDigits(scalar) }
      return doubling && scalar == escape ? "\(escape)\(escape)" : "\(scalar)"
    }.joined()
  }

  private static func unicodeDigits(_ scalar: Unicode.Scalar) -> String {
    scalar.value > 0xFFFF
      ? "+" + HiddenCharacters.hexadecimal(scalar.value, digits: 6)
      : HiddenCharacters.hexadecimal(scalar.value, digits: 4)
  }

  // MARK: Strings

  private var string: String {
    if let body = body(behind: "U&'") {
      return "U&'" + unicode(body, doubling: false, escape: unicodeEscape) + "'"
    }
    if let body = body(behind: "E'") { return "E'" + escapes(body, keepingBackslashes: true) + "'" }
    if let body = body(behind: "'") { return "E'" + escapes(body, keepingBackslashes: false) + "'" }
    if let body = dollarQuoted { return "E'" + escapes(body, keepingBackslashes: false) + "'" }
    return HiddenCharacters.shown(in: source)
  }

  /// The body of an `E'…'` string. Where a line end parts it in two, `'a'⏎'b'`, the part outside quotes
  /// stays white space.
  private func escapes(_ body: [Unicode.Scalar], keepingBackslashes: Bool) -> String {
    var result = ""
    var isBetweenParts = false
    var isEscaped = false
    for (place, scalar) in body.enumerated() {
      if scalar == "'", !isEscaped { isBetweenParts.toggle() }
      if isBetweenParts, scalar != "'" {
        let endsSecondTime = scalar == "\n" && body[place - 1] == "\r"
        result += endsSecondTime ? "" : Self.withLineFeeds("\(scalar)")
      } else if isEscaped {
        // `\` before a hidden character stands for that character.
        result += mustEscape(scalar) ? escape(scalar) : "\\\(scalar)"
      } else if scalar != "\\" {
        result += mustEscape(scalar) ? escape(scalar) : "\(scalar)"
      } else if !keepingBackslashes {
        result += "\\\\"
      }
      isEscaped = keepingBackslashes && !isEscaped && scalar == "\\"
    }
    return result
  }

  private func escape(_ scalar: Unicode.Scalar) -> String {
    switch scalar {
    case "\n": "\\n"
    case "\r": "\\r"
    case "\t": "\\t"
    default: HiddenCharacters.escape(scalar)
    }
  }

  /// What a dollar-quoted string holds, its single quotes doubled.
  private var dollarQuoted: [Unicode.Scalar]? {
    let scalars = Array(source.unicodeScalars)
    guard scalars.first == "$", let end = scalars.dropFirst().firstIndex(of: "$") else { return nil }
    let body = scalars.dropFirst(end + 1).dropLast(end + 1)
    return body.flatMap { $0 == "'" ? ["'", "'"] : [$0] }
  }

  /// What stands between a beginning, in upper or lower case, and the last character.
  private func body(behind beginning: String) -> [Unicode.Scalar]? {
    let scalars = Array(source.unicodeScalars)
    // Not by characters: a combining mark would be one with the quote before it.
    let isThere =
      scalars.count > beginning.utf8.count
      && zip(beginning.unicodeScalars, scalars).allSatisfy {
        $0 == $1 || $0 == "U" && $1 == "u" || $0 == "E" && $1 == "e"
      }
    return isThere ? Array(scalars.dropFirst(beginning.utf8.count).dropLast()) : nil
  }
}
