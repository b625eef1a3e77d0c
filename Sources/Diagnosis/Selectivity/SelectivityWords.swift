/// The arithmetic of a selectivity in words.
extension SelectivitySource {
  /// Up to the equals sign, which the factor's own number follows.
  var words: String {
    switch self {
    case .commonValue(let rank, _): "most common value no. \(rank), its frequency"
    case .otherValue(let values): values.words
    case .anyValue(let nullFrac, let distinct, let cap):
      "any one value, (1 − \(Arithmetic.number(nullFrac)) NULL) / \(Words.count(distinct)) distinct values"
        + (cap.map { ", no more than the most common value's \(Arithmetic.number($0))" } ?? "")
    case .oneRow(let rows): "a unique index, 1 / \(Words.count(rows)) rows"
    case .assumedDistinct(let count): "no statistics, 1 / \(Words.count(count)) assumed distinct values"
    case .others(let equal, let nullFrac):
      "1 − \(equal.number) for = (\(equal.source.words)) − \(Arithmetic.number(nullFrac)) NULL"
    case .range(let share): share.words
    case .nulls(_, let isNegated): isNegated ? "1 − null_frac" : "null_frac"
    case .truth(let frequency, let nullFrac):
      "from the frequency \(Arithmetic.number(frequency)) of true and \(Arithmetic.number(nullFrac)) NULL"
    case .guess(let guess): guess.words
    default: compositeWords
    }
  }

  private var compositeWords: String {
    switch self {
    case .list(let members, let isSum, let isAll): Self.listWords(members, isSum: isSum, isAll: isAll)
    case .pattern(let share): share.words
    case .negation(let inner): "1 − \(inner.number) (\(inner.source.words))"
    case .alternatives(let branches):
      "s1 + s2 − s1 × s2 over " + branches.map(\.sentence).joined(separator: "; ")
    case .conjunction(let product): product.words
    case .leadingColumn(let first): "the first column alone, \(first.source.words)"
    case .notModelled(let reason): "not reproduced: \(reason)"
    default: ""
    }
  }

  private static func listWords(_ members: [SelectivityFactor], isSum: Bool, isAll: Bool) -> String {
    let numbers = members.prefix(8).map(\.number).joined(separator: ", ")
    let how =
      isSum
      ? (isAll ? "1 − Σ (1 − s)" : "the sum")
      : (isAll ? "the product" : "s1 + s2 − s1 × s2")
    return "\(how) of \(members.count) members (\(numbers)\(members.count > 8 ? ", …" : ""))"
  }
}

extension SelectivityFactor {
  /// Its number, or a question mark.
  var number: String { selectivity.map(Arithmetic.number) ?? "?" }
}

extension OtherValues {
  fileprivate var words: String {
    let rest =
      "(1 − \(Arithmetic.number(commonSum)) in \(Words.counted(Double(commonCount), "most common value"))"
      + " − \(Arithmetic.number(nullFrac)) NULL)"
    let others = distinct - Double(commonCount)
    let divided = others > 1 ? " / (\(Words.count(distinct)) − \(commonCount)) other values" : ""
    return rest + divided
      + (cap.map { ", no more than the rarest common value's \(Arithmetic.number($0))" } ?? "")
  }
}

extension DefaultGuess {
  fileprivate var words: String { "\(reason.rawValue), \(constant ?? "the planner's guess")" }
}
