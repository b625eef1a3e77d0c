import Catalog
import PlanModel
import Statements

/// What is wrong with one factor of a scan's estimate: the statistics behind it are old, its value is rarer or
/// more frequent than they show, their number of distinct values is wrong, or there are none.
struct TermDiagnosis {
  let row: FactorComparison.Row
  let scan: ScanDiagnosis
  let expected: Double
  let counted: Double

  init(_ row: FactorComparison.Row, of scan: ScanDiagnosis) {
    self.row = row
    self.scan = scan
    expected = row.expected ?? 0
    counted = row.counted ?? 0
  }

  var relation: RelationEvidence { scan.relation }
  var rows: Double { relation.rowCount?.value ?? 0 }
  /// As the plan prints it.
  var condition: String { row.predicates.joined(separator: " AND ") }

  /// The condition as it was read.
  var predicate: ColumnPredicate? {
    scan.query.scanConditions(of: scan.misestimate.node).first { $0.text?.text == row.predicates.first }
  }

  /// The column that it tests, where that is a plain one.
  var column: ColumnStatistics? {
    guard let predicate else { return nil }
    let own = predicate.allColumns.filter { $0.belongs(to: scan.label) }.map(\.name)
    return Set(own).count == 1 ? own.first.flatMap(relation.column) : nil
  }

  var fault: (any EstimateFault)? {
    guard let source = row.term.source?.decisive else { return nil }
    switch source {
    case .guess(let guess): return OpaqueEstimateFault(self, guess.reason)
    case .assumedDistinct: return OpaqueEstimateFault(self, isBare ? .noStatistics : .expression)
    case .anyValue(_, let distinct, _): return wrongDistinct(distinct) ?? unknownValue
    case .otherValue(let values): return outdated ?? wrongDistinct(values.distinct) ?? skew(values)
    case .pattern: return outdated ?? OpaqueEstimateFault(self, pattern: ())
    case .commonValue, .range, .nulls, .truth: return outdated ?? skew(nil)
    default: return nil
    }
  }

  private var isBare: Bool { predicate?.isBareColumn == true && column?.distribution == nil }

  // MARK: Old statistics

  /// The rows that changed since ANALYZE can account for the difference, and ANALYZE would see it.
  private var outdated: StaleTable? {
    if let rarest = rarestListed, counted < rarest, scan.misestimate.isUnderestimate { return nil }
    let stale = StaleTable(relation: relation)
    if let stale, !stale.isOnlyModified { return stale }
    guard let modified = relation.statistics.modifiedSinceAnalyze, modified > 0,
      modified >= abs(counted - expected) * rows / 2
    else { return nil }
    let sign = StaleTable.Sign.shifted(condition, expected: expected, counted: counted, modified: modified)
    return StaleTable(relation: relation, sign: sign)
  }

  /// The frequency of the last of the most common values: ANALYZE need not list what is rarer, where it did not
  /// list all values that it found.
  private var rarestListed: Double? {
    guard case .otherValue(let values) = row.term.source?.decisive,
      values.distinct > Double(values.commonCount)
    else { return nil }
    return column?.distribution?.mostCommonFrequencies.last
  }

  // MARK: Distinct values

  private func wrongDistinct(_ used: Double) -> WrongDistinct? {
    guard let column, let wrong = WrongDistinct(column, of: relation, used: used) else { return nil }
    // The right number must bring the factor nearer to what was counted.
    let corrected = expected * used / wrong.counted
    return distance(corrected) < distance(expected) ? wrong : nil
  }

  private func distance(_ share: Double) -> Double {
    let least = 0.5 / max(rows, 1)
    let ratio = max(share, least) / max(counted, least)
    return max(ratio, 1 / ratio)
  }

  // MARK: Values

  private func skew(_ values: OtherValues?) -> (any EstimateFault)? {
    guard let column, column.distribution != nil else { return nil }
    return SkewedColumn(self, column: column, others: values)
  }

  /// A parameter's value, or another table's.
  private var unknownValue: (any EstimateFault)? {
    predicate?.parameters.isEmpty == false ? OpaqueEstimateFault(self, .parameter) : nil
  }
}

extension SelectivitySource {
  /// The source that decides: behind NOT, `<>` and the members of lists.
  var decisive: SelectivitySource {
    switch self {
    case .others(let equal, _): equal.source.decisive
    case .negation(let inner), .leadingColumn(let inner): inner.source.decisive
    case .list(let members, _, _): Self.worst(members)
    case .alternatives(let branches): Self.worst(branches)
    case .conjunction(let product): Self.worst(product.factors)
    default: self
    }
  }

  /// A guess among sources that know something.
  private static func worst(_ members: [SelectivityFactor]) -> SelectivitySource {
    let sources = members.map(\.source.decisive)
    let guess = sources.first { if case .guess = $0 { true } else { false } }
    let assumed = sources.first { if case .assumedDistinct = $0 { true } else { false } }
    let other = sources.first { if case .otherValue = $0 { true } else { false } }
    return guess ?? assumed ?? other ?? sources.first ?? .notModelled("an empty list")
  }
}
