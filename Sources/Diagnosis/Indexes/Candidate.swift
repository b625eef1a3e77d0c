import Catalog

/// What is asked of an index: keys, and the rows to which they lead.
struct IndexNeed {
  var keys: [IndexKey]
  /// Rows that are read through it, in one execution.
  var matching: Double
  /// Entries of the index that are gone through, in one execution, where a range comes before other keys; `nil`
  /// where each leads to a row.
  var entries: Double?
  /// Keys by which it finds.
  var bounds: Double
  /// How often it is read.
  var executions = 1.0
  /// The order of the rows is wanted, which a bitmap does not keep.
  var givesOrder: Bool
}

/// One form of an index, with its size and what reading through it costs.
struct Candidate {
  var need: IndexNeed
  var included: [String] = []
  /// The WHERE of a partial index.
  var predicate: String?
  let size: IndexSize
  /// The planner's cost of all that is read through it.
  let cost: Double
  let bitmapCost: Double
  /// How far the table's order follows the index's, as the planner takes it.
  let correlation: Double
  /// All that is wanted is in it, and hardly a row of the table is visited to see whether it is visible.
  let isCovering: Bool
  private let advisor: IndexAdvisor

  init(
    _ need: IndexNeed, including included: [String] = [], where predicate: String? = nil,
    share: Double = 1, demand: IndexDemand, advisor: IndexAdvisor
  ) {
    self.need = need
    self.included = included
    self.predicate = predicate
    self.advisor = advisor
    let columns = need.keys.map(demand.column)
    size = advisor.size(of: columns, including: included, share: share)
    correlation = advisor.correlation(of: need.keys)
    let keysAreEnough = demand.needed.map { $0.isSubset(of: columns) } ?? false
    isCovering =
      !included.isEmpty
      || keysAreEnough && 1 - advisor.cost.allVisible <= IndexOnlyHeapFetches.mostFetchedShare
    var path = AccessCost.Path(
      index: advisor.readSize(of: columns, including: included, share: share), matching: need.matching,
      bounds: need.bounds, filters: max(0, Double(demand.tests) - need.bounds), correlation: correlation)
    path.isCovering = !included.isEmpty || keysAreEnough
    path.executions = need.executions
    path.entries = need.entries
    let model = advisor.cost
    cost = need.givesOrder || path.isCovering ? model.indexScan(path) : model.indexAccess(path)
    bitmapCost = model.bitmapScan(path)
  }

  func benefit(before: Double, stopsEarly: Bool) -> IndexBenefit {
    IndexBenefit(
      costBefore: before, costAfter: cost, rowsRead: need.matching * need.executions, sizeBytes: size.bytes,
      stopsEarly: stopsEarly, isCovering: isCovering, isFounded: advisor.isFounded)
  }

  /// With the columns that make an index-only scan of it; `nil` where there are too many, or where they are not
  /// known, or nothing is missing.
  func covering(_ demand: IndexDemand) -> Candidate? {
    guard let columns = CoveringColumns(need.keys, demand: demand, relation: advisor.relation)?.names else {
      return nil
    }
    return Candidate(need, including: columns, demand: demand, advisor: advisor)
  }

  /// Over the rows in one state only; `nil` where these are not few.
  func partial(_ state: IndexDemand.ColumnDemand, demand: IndexDemand) -> Candidate? {
    guard let share = state.selectivity, share <= Self.largestPartialShare, let condition = state.state,
      need.keys.contains(state.key)
    else { return nil }
    var smaller = need
    let others = need.keys.filter { $0 != state.key }
    smaller.keys = others.isEmpty ? need.keys : others
    return Candidate(smaller, where: condition, share: share, demand: demand, advisor: advisor)
  }

  /// A partial index is worth its condition where it has a tenth of the entries.
  static let largestPartialShare = 0.1
}

/// The columns that an index needs beside its keys so that the table need not be visited.
struct CoveringColumns {
  /// experiments.md: "≤ 3 columns".
  static let mostColumns = 3
  /// experiments.md: "avg_width ≤ 64 bytes".
  static let mostBytes = 64
  /// Saving less of what the plan costs now, wider entries do not earn their place (a finding starts at 5%).
  static let leastShareOfCost = 0.05

  let names: [String]

  /// `nil` where the columns are not known, too many or too wide, and where the keys are all that is needed.
  init?(_ keys: [IndexKey], demand: IndexDemand, relation: RelationEvidence) {
    guard let needed = demand.needed, !keys.contains(where: \.isExpression) else { return nil }
    let missing = needed.subtracting(keys.map(\.text)).sorted()
    let known = missing.compactMap { relation.column($0) }
    guard !missing.isEmpty, known.count == missing.count, missing.count <= Self.mostColumns else {
      return nil
    }
    let widths = known.compactMap { $0.distribution?.avgWidth }
    guard widths.count == known.count, widths.reduce(0, +) <= Self.mostBytes else { return nil }
    names = missing
  }
}

extension IndexAdvisor {
  /// The index over all rows of the table, and of partitions that the plan does not read.
  func size(of columns: [String], including included: [String], share: Double) -> IndexSize {
    size(of: columns, including: included, rows: rowsToIndex * share)
  }

  /// The part of it that this plan would read.
  func readSize(of columns: [String], including included: [String], share: Double) -> IndexSize {
    size(of: columns, including: included, rows: (relation.bestRowCount ?? 0) * share)
  }

  private func size(of columns: [String], including included: [String], rows: Double) -> IndexSize {
    let parts = columns.map { IndexSize.Part(relation.column($0)) }
    let others = included.map { IndexSize.Part(relation.column($0)) }
    return IndexSize(
      of: parts + others, rows: rows, distinct: distinct(columns, rows: rows),
      isMerging: included.isEmpty && engine.hasTableMaintenance && parts.allSatisfy(\.isMerged))
  }

  /// Different combinations of values, as if the columns had nothing to do with each other; all rows where a
  /// column has no statistics.
  private func distinct(_ columns: [String], rows: Double) -> Double {
    if let counted = relation.distinctCount(of: columns) { return min(counted.value, rows) }
    let each = columns.map { relation.column($0)?.distribution.map { Self.distinct($0, rows: rows) } ?? rows }
    return min(each.reduce(1, *), rows)
  }

  static func distinct(_ column: ColumnDistribution, rows: Double) -> Double {
    let values = column.nDistinct < 0 ? -column.nDistinct * rows : column.nDistinct
    return max(values, 1) + (column.nullFrac > 0 ? 1 : 0)
  }

  /// How far the table's order follows the index's: of several keys the first one's, three quarters of it
  /// (`btcostestimate`).
  func correlation(of keys: [IndexKey]) -> Double {
    guard let first = keys.first, !first.isExpression,
      let correlation = relation.column(first.text)?.distribution?.correlation
    else { return 0 }
    return (keys.count > 1 ? 0.75 : 1) * correlation * (first.isDescending ? -1 : 1)
  }
}
