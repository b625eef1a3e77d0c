import SQLNames
import Statements

/// The two sides of a comparison as the plan prints them: the one with the column, and what it is compared with.
///
///     ('2024-06-03'::date = (orders.placed_at)::date)   →   (orders.placed_at)::date   '2024-06-03'::date
struct PredicateSides: Equatable {
  /// The side with the column, without brackets around all of it.
  let tested: String
  /// The other side, without brackets around all of it.
  let operand: String

  /// `nil` for a condition that is no comparison of two sides, and where both or neither mention the column.
  init?(_ predicate: ColumnPredicate) {
    guard let column = predicate.column, let text = predicate.text?.text,
      let sides = Self.halves(of: text)
    else { return nil }
    switch sides.map({ PrintedText.mentions(column.name, in: $0) }) {
    case [true, false]: (tested, operand) = (sides[0], sides[1])
    case [false, true]: (tested, operand) = (sides[1], sides[0])
    default: return nil
    }
  }

  private static let operators = [" = ", " <> ", " <= ", " >= ", " < ", " > "]

  /// What stands left and right of a comparison, without brackets around all of it.
  static func halves(of text: String) -> [String]? {
    let characters = Array(PrintedText.unbracketed(text))
    for (index, depth) in PrintedText.depths(of: characters).enumerated() where depth == 0 {
      for symbol in operators where characters[index...].starts(with: Array(symbol)) {
        let halves = [characters[..<index], characters[(index + symbol.count)...]]
        return halves.map { PrintedText.unbracketed(String($0)) }
      }
    }
    return nil
  }
}

/// Text of expressions as EXPLAIN prints them: what is quoted stays as it is.
enum PrintedText {
  /// For each character how many brackets are open before it; inside quotes a depth that no text reaches.
  static func depths(of text: [Character]) -> [Int] {
    var (depth, quote) = (0, Character?.none)
    return text.map { character in
      if let open = quote {
        if character == open { quote = nil }
        return quoted
      }
      switch character {
      case "'", "\"":
        quote = character
        return quoted
      case "(", "[":
        depth += 1
        return depth - 1
      case ")", "]": depth -= 1
      default: break
      }
      return depth
    }
  }

  private static let quoted = Int.max

  /// Without the brackets around all of it.
  static func unbracketed(_ text: String) -> String {
    let characters = Array(text)
    guard characters.first == "(", characters.last == ")" else { return text }
    let inner = depths(of: characters).dropFirst().dropLast()
    return inner.contains(0) ? text : unbracketed(String(characters[1..<(characters.count - 1)]))
  }

  /// Whether a name stands in the text as a word of its own.
  static func mentions(_ name: String, in text: String) -> Bool {
    let (characters, wanted) = (Array(text), Array(SQLIdentifier(name).quoted))
    return characters.indices.contains { isWord(wanted, at: $0, in: characters) }
  }

  /// Without the table's label before each column.
  static func unqualified(_ text: String, label: String) -> String {
    let (characters, prefix) = (Array(text), Array(SQLIdentifier(label).quoted + "."))
    let depths = depths(of: characters)
    var (result, index) = ("", 0)
    while index < characters.count {
      let isFree = depths[index] != quoted || prefix.first == "\""
      if isFree, starts(prefix, at: index, in: characters) {
        index += prefix.count
      } else {
        result.append(characters[index])
        index += 1
      }
    }
    return result
  }

  private static func starts(_ word: [Character], at index: Int, in text: [Character]) -> Bool {
    text[index...].starts(with: word) && (index == 0 || !isPartOfName(text[index - 1]))
  }

  private static func isWord(_ word: [Character], at index: Int, in text: [Character]) -> Bool {
    let end = index + word.count
    return starts(word, at: index, in: text) && (end == text.count || !isPartOfName(text[end]))
  }

  private static func isPartOfName(_ character: Character) -> Bool {
    character.isLetter || character.isNumber || character == "_" || character == "\"" || character == "'"
  }
}
