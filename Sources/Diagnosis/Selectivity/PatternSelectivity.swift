/// What a column's text is matched against.
enum TextPattern {
  case like(LikePattern)
  case regex(RegexPattern)
  /// `^@` and `starts_with`.
  case start(String)

  /// Whether matching a value of so many characters takes few steps.
  func isQuick(forLength length: Int) -> Bool {
    if case .regex(let pattern) = self { pattern.isQuick(forLength: length) } else { true }
  }

  /// Whether a value matches.
  func matches(_ value: String) -> Bool {
    switch self {
    case .like(let pattern): pattern.matches(value)
    case .regex(let pattern): pattern.matches(value)
    case .start(let start): value.utf8.starts(with: start.utf8)
    }
  }

  /// How every match starts; `nil` where that is not known.
  var prefix: String? {
    switch self {
    case .like(let pattern): pattern.prefix
    case .regex(let pattern): pattern.prefix
    case .start(let start): start
    }
  }

  /// It matches one value only, its prefix.
  var isExact: Bool {
    switch self {
    case .like(let pattern): pattern.isExact
    case .regex(let pattern): pattern.isExact
    case .start: false
    }
  }

  /// The guess for what follows the prefix.
  var restShare: Double {
    switch self {
    case .like(let pattern): pattern.restShare
    case .regex(let pattern): pattern.restShare
    case .start: 1
    }
  }
}

extension PlannerColumn {
  /// The share of rows that match a pattern, or why it cannot be told.
  func matching(_ pattern: TextPattern) -> Result<Share, Unmodelled> {
    if pattern.isExact, let prefix = pattern.prefix, let value = ColumnValue(prefix, type: type) {
      return equality(to: value).map { .success($0) } ?? .failure(Unmodelled("its statistics cannot be read"))
    }
    guard let common, let bounds else { return .failure(Unmodelled("its statistics cannot be read")) }
    let longest = (common + bounds).map(\.key.utf8.count).max() ?? 0
    guard pattern.isQuick(forLength: longest) else {
      return .failure(Unmodelled("trying its pattern on long values would take too long"))
    }
    return prefixShare(pattern).map { prefixShare in
      let share = PatternShare(
        matches: matches(pattern, bounds), bounds: bounds.count, prefixShare: prefixShare,
        restShare: pattern.restShare, commonPart: commonPart(pattern, common), commonSum: commonSum,
        nullFrac: nullFrac)
      return (share.selectivity, .pattern(share))
    }
  }

  private func commonPart(_ pattern: TextPattern, _ common: [ColumnValue]) -> Double {
    zip(common, frequencies).reduce(0) { pattern.matches($1.0.key) ? $0 + $1.1 : $0 }
  }

  private func matches(_ pattern: TextPattern, _ bounds: [ColumnValue]) -> SampleMatches? {
    guard bounds.count >= 10 else { return nil }
    let inner = bounds.dropFirst().dropLast()
    return SampleMatches(count: inner.count { pattern.matches($0.key) }, of: inner.count)
  }

  /// The share of values between the prefix and the next string after it (`prefix_selectivity`).
  private func prefixShare(_ pattern: TextPattern) -> Result<Double, Unmodelled> {
    if (bounds?.count ?? 0) >= 100 { return .success(1) }
    guard let prefix = pattern.prefix else {
      return .failure(Unmodelled("the start of its pattern is not known"))
    }
    guard !prefix.isEmpty else { return .success(1) }
    // DEFAULT_MATCH_SEL.
    guard let bounds, bounds.count > 1 else { return .success(0.005) }
    guard let low = ColumnValue(prefix, type: type), let high = ColumnValue(Self.next(prefix), type: type)
    else { return .failure(Unmodelled("the start of its pattern has no successor")) }
    return share(from: low, to: high)
  }

  private func share(from low: ColumnValue, to high: ColumnValue) -> Result<Double, Unmodelled> {
    guard collation.agreesWithBytes((bounds ?? []) + [low]) else {
      return .failure(Unmodelled("the order of its collation is not known here"))
    }
    return place(of: low, .greaterOrEqual).flatMap { from in
      place(of: high, .less).map { to in
        max((from?.share ?? 1) + (to?.share ?? 1) - 1, equality(to: low)?.selectivity ?? 0)
      }
    }
  }

  /// The first string that does not start with this one.
  private static func next(_ prefix: String) -> String {
    guard let last = prefix.unicodeScalars.last, let after = Unicode.Scalar(last.value + 1) else {
      return prefix
    }
    return String(String.UnicodeScalarView(Array(prefix.unicodeScalars.dropLast()) + [after]))
  }
}
