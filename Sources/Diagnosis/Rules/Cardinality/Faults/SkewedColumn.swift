import Catalog
import SQLNames
import Statements

/// A value, or a range, that is far rarer or more frequent than the column's statistics can show.
struct SkewedColumn {
  /// `MAX_STATISTICS_TARGET` is 10,000 (`catalog/pg_statistic.h`).
  static let largestTarget = 10_000.0
  /// ANALYZE reads 300 rows for each unit of the target (`std_typanalyze` in `analyze.c`).
  static let sampleRowsPerTarget = 300.0
  /// Sampled rows that must have a value for its frequency to be told within a quarter: 1 / √20.
  static let leastHits = 20.0
  /// `default_statistics_target`.
  static let usualTarget = 100.0
  private static let roundTargets = [100.0, 200, 500, 1_000, 2_000, 5_000, 10_000]

  let table: QualifiedName
  let column: String
  let condition: String
  let expected: Double
  let counted: Double
  let rows: Double
  /// Most common values that the statistics list.
  let listed: Int
  /// Frequency of the rarest of them.
  let rarest: Double?
  /// The value is none of the listed ones, so that the average of all others stands for it.
  let isUnlisted: Bool
  /// A range, read from the histogram.
  let isRange: Bool
  /// Place of the value among all values by frequency, from 1, where that was counted.
  let rank: Int?
  /// Distinct values: counted, else as the planner has them.
  let distinct: Double?
  /// Bounds of the histogram.
  let bounds: Int

  init(_ term: TermDiagnosis, column: ColumnStatistics, others: OtherValues?) {
    table = term.relation.name
    self.column = column.name
    condition = term.condition
    expected = term.expected
    counted = term.counted
    rows = term.rows
    listed = column.distribution?.mostCommonFrequencies.count ?? 0
    rarest = column.distribution?.mostCommonFrequencies.last
    bounds = column.distribution?.histogramBounds.count ?? 0
    isUnlisted = others != nil
    if case .range = term.row.term.source?.decisive { isRange = true } else { isRange = false }
    rank = Self.rank(of: term.predicate, in: term.relation.frequentValues.first { $0.column == column.name })
    distinct = term.relation.distinctCount(of: [column.name])?.value ?? others?.distinct
  }

  private static func rank(of predicate: ColumnPredicate?, in frequent: FrequentValues?) -> Int? {
    guard case .constant(let constant) = predicate?.operand else { return nil }
    return frequent?.values.firstIndex { $0.value == constant.text }.map { $0 + 1 }
  }

  /// At most so many values can be as frequent as this one.
  private var lowestRank: Double {
    rank.map(Double.init) ?? min(1 / max(counted, 1e-9), distinct ?? .infinity)
  }

  /// The statistics target whose list reaches the value; `nil` where the largest one does not.
  var target: Int? {
    let reaching = isTooFew ? lowestRank * 1.25 : (distinct ?? .infinity) * 1.25
    let sampled = isTooFew ? Self.leastHits / Self.sampleRowsPerTarget / max(counted, 1e-9) : 0
    let more = Double(max(listed, max(bounds - 1, 0))) + 1
    let wanted = isRange ? max(more * 5, Self.usualTarget * 5) : max(reaching, sampled, more)
    return Self.roundTargets.first { $0 >= wanted }.map { Int($0) }
  }

  private var isTooFew: Bool { counted > expected }
}

extension SkewedColumn: EstimateFault {
  static let rule = Skew.name

  var subject: String { "\(table.label).\(column)" }

  private var name: String { "\(table.quoted).\(SQLIdentifier(column).quoted)" }
  private var ratio: String {
    let least = 0.5 / max(rows, 1)
    let ratio = max(counted, least) / max(expected, least)
    return Words.ratio(max(ratio, 1 / ratio))
  }

  func title(_ error: String) -> String {
    let which = isRange ? "The range" : "The value"
    return
      "\(which) searched in \(name) is \(ratio) \(isTooFew ? "more frequent" : "rarer") than its statistics tell"
  }

  var observations: [String] { [list, place].compactMap { $0 } }

  private var list: String? {
    if isRange {
      return """
        The histogram of \(name) has \(Words.counted(Double(max(bounds - 1, 0)), "bucket")); the values inside of \
        one are taken to be spread evenly.
        """
    }
    guard isUnlisted else { return nil }
    let rest =
      "so the planner gives it the average share of all values that are not, \(Arithmetic.number(expected))"
    let listed = Words.counted(Double(listed), "most common value")
    return """
      pg_stats lists \(listed) of \(name), and the one searched is not among them, \(rest); it has \
      \(Arithmetic.number(counted)) of the rows.
      """
  }

  private var place: String? {
    rank.map { "By frequency it is value no. \($0) of the column (counted)." }
  }

  var measurements: [Measurement] {
    [
      Measurement(
        "share by the statistics", expected,
        source: "pg_stats.most_common_freqs, n_distinct, histogram_bounds"),
      Measurement("counted share", counted, source: "count(*) FILTER (WHERE \(condition))"),
    ]
  }

  func falsifier(_ node: String) -> String {
    "with the larger statistics target the estimate of \(node) is still off by 5x or more"
  }

  func remedies(for engine: EngineProfile, _ expectation: ExpectedImpact) -> [Remedy] {
    guard let target, engine.hasTableMaintenance else { return [] }
    return [
      Remedy(
        .setStatisticsTarget(ColumnName(table, column), target: target), rationale: rationale(target),
        caveats: [
          "ANALYZE of \(table.quoted) then reads \(Words.count(Double(target) * Self.sampleRowsPerTarget)) rows, and planning with this column takes longer the longer its lists are."
        ], expectation: expectation)
    ]
  }

  private func rationale(_ target: Int) -> String {
    if isRange {
      return "A histogram of \(Words.count(Double(target))) buckets follows the column's steps more closely."
    }
    guard isTooFew else {
      return
        "A list of \(Words.count(Double(target))) values has every value of the column, so that what is not in it is known to be rare."
    }
    let rank = rank.map { "is no. \($0)" } ?? "is no. \(Words.count(lowestRank.rounded(.up))) at the most"
    return "The value \(rank) by frequency; a list of up to \(Words.count(Double(target))) values reaches it."
  }

  func noRemedy(for engine: EngineProfile) -> String? {
    guard engine.hasTableMaintenance else {
      return "No statement is advised: \(engine.name) does not let a column's statistics target be set."
    }
    guard target == nil else { return nil }
    return """
      No statement is advised: the longest list of common values has \(Words.count(Self.largestTarget)) entries, \
      and this value would not be told by it.
      """
  }
}
