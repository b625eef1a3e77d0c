/// The share of rows that match a pattern (`patternsel_common` in `like_support.c`): the histogram's bounds
/// serve as a sample; where there are under 100, the pattern's prefix and its characters count as well.
struct PatternShare: Equatable {
  /// Bounds that match, without the first and the last; `nil` where the histogram has under ten.
  var matches: SampleMatches?
  /// Bounds of the histogram.
  var bounds: Int
  /// Share of the values that start as the pattern does; 1 without a fixed start.
  var prefixShare: Double
  /// What the planner gives the rest of the pattern, character by character.
  var restShare: Double
  /// Sum of the frequencies of the common values that match.
  var commonPart: Double
  /// Sum of the frequencies of all common values.
  var commonSum: Double
  /// Share of NULLs.
  var nullFrac: Double

  /// The selectivity of the match.
  var selectivity: Double {
    let share = min(max(sample, 0.0001), 0.9999)
    return share * (1 - nullFrac - commonSum) + commonPart
  }

  private var guess: Double { prefixShare * restShare }

  private var sample: Double {
    guard let matches else { return guess }
    let share = Double(matches.count) / Double(matches.of)
    let weight = min(Double(bounds) / 100, 1)
    return share * weight + guess * (1 - weight)
  }

  /// The arithmetic.
  var words: String {
    let rest = "(1 − \(Arithmetic.number(commonSum)) in common values − \(Arithmetic.number(nullFrac)) NULL)"
    let share = Arithmetic.number(min(max(sample, 0.0001), 0.9999))
    return "\(rest) × \(share) (\(how)) + \(Arithmetic.number(commonPart)) of the common values"
  }

  private var how: String {
    let characters = "prefix \(Arithmetic.number(prefixShare)) × characters \(Arithmetic.number(restShare))"
    guard let matches else { return characters }
    let sampled = "\(matches.count) of \(matches.of) histogram bounds match"
    return bounds < 100 ? "\(sampled), weight \(bounds)%, the rest \(characters)" : sampled
  }
}

/// Members of a sample that match, of how many.
struct SampleMatches: Equatable {
  var count: Int
  var of: Int
}
