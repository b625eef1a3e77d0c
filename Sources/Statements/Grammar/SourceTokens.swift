/// The tokens of a text, with the questions about boundaries that slicing needs.
struct SourceTokens: Sendable {
  let text: String
  /// Tokens that mean something to the grammar: comments are left out.
  let tokens: [Token]
  /// Comments, in order.
  let comments: [Token]
  private let bytes: [UInt8]

  init(text: String, tokens: [Token]) {
    self.text = text
    self.tokens = tokens.filter { !$0.isComment }
    self.comments = tokens.filter(\.isComment)
    self.bytes = Array(text.utf8)
  }

  /// How many bytes the text has.
  var byteCount: Int { bytes.count }

  /// The bytes of a range, as text.
  func slice(_ range: Range<Int>) -> String { String(decoding: bytes[range], as: UTF8.self) }

  /// The text of a token.
  func text(at index: Int) -> String { tokens.indices.contains(index) ? slice(tokens[index].range) : "" }

  /// From the first to the last of the tokens, without comments before and behind them.
  func slice(tokens range: Range<Int>) -> String {
    guard let first = tokens[range].first, let last = tokens[range].last else { return "" }
    return slice(first.start..<last.end)
  }

  /// Whether the token is that one byte of punctuation.
  func isSymbol(_ index: Int, _ symbol: StaticString) -> Bool {
    guard tokens.indices.contains(index), tokens[index].kind == .symbol else { return false }
    let range = tokens[index].range
    return range.count == symbol.utf8CodeUnitCount
      && range.indices.allSatisfy { bytes[$0] == symbol.utf8Start[$0 - range.lowerBound] }
  }

  /// The keyword at that place, or `nil` where the word is used as a name: behind a dot or behind AS.
  func keyword(_ index: Int) -> Keyword? {
    guard tokens.indices.contains(index), case .keyword(let word, _) = tokens[index].kind else { return nil }
    return isSymbol(index - 1, ".") || isLabel(index) ? nil : word
  }

  /// A word behind AS is an output name; `WITH q AS MATERIALIZED` and `CAST(x AS t)` hold no clause
  /// keyword, so they need no care. `AS as FOR UPDATE`: the second `as` is a name itself.
  private func isLabel(_ index: Int) -> Bool {
    var first = index
    while tokens.indices.contains(first - 1), case .keyword(.as, _) = tokens[first - 1].kind { first -= 1 }
    let isName = isSymbol(first - 1, ".") ? 1 : 0
    return (index - first - isName) % 2 == 1
  }

  /// The index of the first token that starts at or behind a byte offset.
  func firstToken(from offset: Int) -> Int {
    var (low, high) = (0, tokens.count)
    while low < high {
      let middle = (low + high) / 2
      if tokens[middle].start < offset { low = middle + 1 } else { high = middle }
    }
    return low
  }

  /// The index of the token that closes the bracket at `index`; the end where nothing does.
  func closing(_ index: Int) -> Int {
    var depth = 0
    for position in index..<tokens.count {
      depth += nesting(position)
      if depth == 0 { return position }
    }
    return tokens.count
  }

  /// 1 for an opening bracket, -1 for a closing one, otherwise 0.
  func nesting(_ index: Int) -> Int {
    guard tokens[index].kind == .symbol, tokens[index].range.count == 1 else { return 0 }
    switch bytes[tokens[index].start] {
    case UInt8(ascii: "("), UInt8(ascii: "["): return 1
    case UInt8(ascii: ")"), UInt8(ascii: "]"): return -1
    default: return 0
    }
  }

  /// The first token of `range` outside any bracket opened in it that satisfies the condition. Ends at
  /// the bracket that closes what `range` stands in.
  func firstOutsideBrackets(_ range: Range<Int>, where condition: (Int) -> Bool) -> Int? {
    var depth = 0
    for index in range {
      let step = nesting(index)
      if depth == 0, step >= 0, condition(index) { return index }
      depth += step
      if depth < 0 { return nil }
    }
    return nil
  }

  /// The pieces of `range` between separators that stand outside any bracket.
  func split(_ range: Range<Int>, at isSeparator: (Int) -> Bool) -> [Range<Int>] {
    var pieces: [Range<Int>] = []
    var start = range.lowerBound
    var depth = 0
    for index in range {
      if depth == 0, isSeparator(index) {
        pieces.append(start..<index)
        start = index + 1
      }
      depth += nesting(index)
    }
    pieces.append(start..<range.upperBound)
    return pieces
  }
}
