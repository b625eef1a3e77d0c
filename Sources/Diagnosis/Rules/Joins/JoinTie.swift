/// How a row of something else leads to rows of a table: by one value, by one of several, or by a range.
enum JoinTie {
  /// Columns that are compared by equality.
  case equality([ScanPredicate])
  /// An OR of equalities, each of which an index of its own could serve.
  case either(ScanPredicate)
  /// Columns that are bounded.
  case range([ScanPredicate])

  /// The strongest tie among what is tested; `nil` where nothing that an index could find by ties them.
  init?(_ predicates: [ScanPredicate]) {
    let tied = predicates.filter(\.dependsOnOuter)
    let equalities = tied.filter { $0.use.isLookup && $0.column != nil }
    let ranges = tied.filter { $0.use == .range && $0.column != nil }
    if !equalities.isEmpty {
      self = .equality(equalities)
    } else if let either = tied.first(where: Self.isEither) {
      self = .either(either)
    } else if !ranges.isEmpty {
      self = .range(ranges)
    } else {
      return nil
    }
  }

  private static func isEither(_ predicate: ScanPredicate) -> Bool {
    !predicate.alternatives.isEmpty
      && predicate.alternatives.allSatisfy { $0.use.isLookup && $0.column != nil }
  }

  /// What is tested.
  var predicates: [ScanPredicate] {
    switch self {
    case .equality(let predicates), .range(let predicates): predicates
    case .either(let predicate): [predicate]
    }
  }

  /// The columns, each once, in the order in which they are tested.
  var columns: [String] {
    predicates.flatMap { $0.alternatives.isEmpty ? [$0] : $0.alternatives }.compactMap(\.column).uniqued()
  }
}
