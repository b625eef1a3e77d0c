/// A pattern of LIKE or ILIKE with `\` as escape.
struct LikePattern {
  private enum Part: Equatable { case any, one, character(Character) }

  private let parts: [Part]
  private let isCaseless: Bool

  init(_ text: String, isCaseless: Bool) {
    self.isCaseless = isCaseless
    var parts: [Part] = []
    var rest = Substring(text)
    while let character = rest.popFirst() {
      switch character {
      case "%": parts.append(.any)
      case "_": parts.append(.one)
      case "\\": if let next = rest.popFirst() { parts.append(.character(next)) }
      default: parts.append(.character(character))
      }
    }
    self.parts = parts
  }

  /// Whether a value matches as a whole.
  func matches(_ value: String) -> Bool {
    let text = Array(isCaseless ? value.lowercased() : value)
    // reachable[i]: the parts so far can end before character i.
    var reachable = [true] + Array(repeating: false, count: text.count)
    for part in parts { reachable = step(part, over: text, from: reachable) }
    return reachable[text.count]
  }

  private func step(_ part: Part, over text: [Character], from reachable: [Bool]) -> [Bool] {
    var next = Array(repeating: false, count: reachable.count)
    if part == .any { next[0] = reachable[0] }
    for index in text.indices {
      switch part {
      case .any: next[index + 1] = reachable[index + 1] || next[index]
      case .one: next[index + 1] = reachable[index]
      case .character(let character):
        let wanted = isCaseless ? Character(character.lowercased()) : character
        next[index + 1] = reachable[index] && text[index] == wanted
      }
    }
    return next
  }

  /// How it starts, up to the first wildcard, or letter where case is ignored (`like_fixed_prefix`).
  var prefix: String { String(fixed.compactMap { if case .character(let one) = $0 { one } else { nil } }) }

  private var fixed: ArraySlice<Part> {
    parts.prefix { part in
      guard case .character(let character) = part else { return false }
      return !isCaseless || (character.isASCII && !character.isLetter)
    }
  }

  /// No wildcard: the same as `=`.
  var isExact: Bool { fixed.count == parts.count }

  /// The guess for what follows the start: a fifth for a character, 0.9 for `_`, five times for a `%` between
  /// (`like_selectivity`).
  var restShare: Double {
    let rest = parts.dropFirst(fixed.count).drop { $0 == .any || $0 == .one }
    let share = rest.reduce(1.0) { share, part in
      switch part {
      case .any: share * 5
      case .one: share * 0.9
      case .character(let character): (0..<character.utf8.count).reduce(share) { share, _ in share * 0.2 }
      }
    }
    return min(share, 1)
  }
}
