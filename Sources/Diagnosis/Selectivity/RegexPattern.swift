/// A regular expression of the plain kind that means the same everywhere: characters, `.`, classes, groups without a
/// quantifier, `|`, a few quantifiers, `^` and `$`.
struct RegexPattern {
  private let text: String
  private let isCaseless: Bool
  private let regex: Regex<AnyRegexOutput>

  /// `nil` for anything that PostgreSQL may read in another way, or that may take long to match.
  init?(_ text: String, isCaseless: Bool) {
    guard text.utf8.count <= 200, Self.isPlain(text),
      let regex = try? Regex("(?s)\(isCaseless ? "(?i)" : "")\(text)")
    else { return nil }
    self.text = text
    self.isCaseless = isCaseless
    self.regex = regex.matchingSemantics(.unicodeScalar)
  }

  private static let quantifiers: Set<Character> = ["*", "+", "?"]

  private static func isPlain(_ text: String) -> Bool {
    let isKnown = text.allSatisfy {
      $0.isASCII && ($0.isLetter || $0.isNumber || " -_@%,:/#=.*+?^$|()[]".contains($0))
    }
    let followsGroup = zip(text, text.dropFirst()).contains { "()".contains($0) && quantifiers.contains($1) }
    return isKnown && !followsGroup && text.count { quantifiers.contains($0) } <= 4 && !text.contains("[[")
      && !text.contains("--")
  }

  /// Whether matching a value of so many characters takes few steps: each quantifier may try every one of them, from
  /// every place.
  func isQuick(forLength length: Int) -> Bool {
    let quantifiers = text.count { Self.quantifiers.contains($0) }
    let steps = (0...quantifiers).reduce(1.0) { steps, _ in steps * Double(max(length, 1)) }
    return steps <= 1e5
  }

  /// Whether it matches somewhere in a value.
  func matches(_ value: String) -> Bool { value.firstMatch(of: regex) != nil }

  /// How every match starts; empty where it does not begin with `^` and characters. `nil` where PostgreSQL may
  /// see further than this (`regexp_fixed_prefix`).
  var prefix: String? {
    guard text.hasPrefix("^"), !isCaseless else { return text.hasPrefix("^") ? nil : "" }
    guard !text.contains("|"), !text.contains("(") else { return nil }
    var prefix = text.dropFirst().prefix { !".*+?[$^".contains($0) }
    if let next = text.dropFirst(prefix.count + 1).first, "*?".contains(next) { prefix = prefix.dropLast() }
    return String(prefix)
  }

  /// Nothing but a start and an end: the same as `=`.
  var isExact: Bool { prefix.map { !$0.isEmpty && text == "^\($0)$" } ?? false }

  /// The guess for what follows the start (`regex_selectivity`).
  var restShare: Double {
    let isEnded = text.hasSuffix("$")
    var share = Self.share(of: Array(isEnded ? text.dropLast() : text[...]))
    if !isEnded { share *= 5 }
    for _ in 0..<(prefix ?? "").utf8.count { share /= 0.2 }
    return min(max(share, 0), 1)
  }

  /// A fifth for a character, a quarter for a class, 0.9 for `.`, twice for a quantifier; alternatives add up.
  private static func share(of text: [Character]) -> Double {
    var share = 1.0
    var (depth, start, index) = (0, 0, 0)
    while index < text.count {
      switch text[index] {
      case "(":
        if depth == 0 { start = index + 1 }
        depth += 1
      case ")" where depth > 0:
        depth -= 1
        if depth == 0 { share *= self.share(of: Array(text[start..<index])) }
      case "|" where depth == 0: return min(share + self.share(of: Array(text[(index + 1)...])), 1)
      case "[":
        let isNegated = index + 1 < text.count && text[index + 1] == "^"
        index = endOfClass(text, index + (isNegated ? 2 : 1))
        if depth == 0 { share *= isNegated ? 0.75 : 0.25 }
      default: if depth == 0 { share *= factor(text[index]) }
      }
      index += 1
    }
    return min(share, 1)
  }

  private static func factor(_ character: Character) -> Double {
    character == "." ? 0.9 : quantifiers.contains(character) ? 2 : 0.2
  }

  private static func endOfClass(_ text: [Character], _ start: Int) -> Int {
    var index = start
    if index < text.count, text[index] == "]" { index += 1 }
    while index < text.count, text[index] != "]" { index += 1 }
    return index
  }
}
