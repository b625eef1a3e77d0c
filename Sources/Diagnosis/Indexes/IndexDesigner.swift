import Catalog

/// The columns of an index in the order that serves a demand best.
struct IndexDesign {
  var keys: [IndexKey]
  /// Share of the table's rows that remain to be read through these keys.
  var selectivity: Double
  /// The rows come in the order that the LIMIT wants, so reading may stop early.
  var givesOrder: Bool
  /// Keys by which the index finds, as opposed to orders.
  var bounds = 1
}

/// Lays out the keys of an index: equality columns, most selective first, then one range or the order.
///
/// A further column, range or equality, must at least halve what is left: an entry's width is paid by every
/// write.
struct IndexDesigner {
  let demand: IndexDemand
  let relation: RelationEvidence
  let engine: EngineProfile
  /// Share of the table's rows for which everything that the scan tests holds.
  let selectivity: Double

  /// A column that leaves more than this share of what is left does not earn its place.
  static let leastReduction = 0.5

  /// The best layout, or `nil` when nothing in the demand can be a B-tree key.
  func design() -> IndexDesign? {
    let byRange = ranged(after: chosenEqualities())
    guard let ordered = ordered() else { return byRange }
    guard let byRange else { return ordered }
    return rowsRead(ordered) <= rowsRead(byRange) ? ordered : byRange
  }

  // MARK: Layouts

  private func ranged(after equalities: [IndexDemand.ColumnDemand]) -> IndexDesign? {
    let best = usable(demand.ranges).min { known($0) < known($1) }
    let range = best.flatMap { earnsItsPlace($0, after: equalities) ? $0 : nil }
    let columns = equalities + [range].compactMap(\.self)
    guard !columns.isEmpty else { return nil }
    // Only where the keys bound all that is tested do they leave no more than what is wanted.
    let isEverything =
      !demand.hasOtherPredicates && columns.count == demand.equalities.count + demand.ranges.count
    return IndexDesign(
      keys: keys(columns.map(\.key)),
      selectivity: isEverything ? selectivity : max(selectivity, product(columns)), givesOrder: false,
      bounds: columns.count)
  }

  /// The equalities, then the wanted order; `nil` where no index of this engine gives it.
  func ordered() -> IndexDesign? {
    let equalities = chosenEqualities().filter { !$0.isList }
    guard !demand.ordering.isEmpty, demand.ordering.allSatisfy({ engine.canIndex($0.text, of: relation) })
    else { return nil }
    let fixed = Set(equalities.map(\.column))
    let order = demand.ordering.filter { !fixed.contains($0.text) }
    guard !order.isEmpty, engine.hasDescendingKeys || isUniform(order) else { return nil }
    // Equality columns that the width rule left out must stay filters: the order needs them fixed or absent.
    let bounds = demand.ranges.filter { $0.column == order[0].text }
    return IndexDesign(
      keys: keys(equalities.map(\.key) + plainest(order)),
      selectivity: max(selectivity, product(equalities + bounds)), givesOrder: true,
      bounds: equalities.count + bounds.count)
  }

  /// Rows that must be read before the demand is met; an order lets a LIMIT stop early.
  func rowsRead(_ design: IndexDesign) -> Double {
    let rows = relation.bestRowCount ?? 0
    let inRange = rows * design.selectivity
    guard design.givesOrder, let limit = demand.limit, selectivity > 0 else { return inRange }
    return min(inRange, limit * design.selectivity / selectivity)
  }

  /// The keys by which one repetition of a lookup is served: what ties it to the outer row (which no count
  /// over the table can price), constants that halve the rest, then the wanted order or a range.
  func lookupKeys() -> [IndexKey] {
    let tied = usable(demand.equalities).filter { $0.isTied || $0.selectivity == nil }
    let constants = usable(demand.equalities).filter {
      !$0.isTied && $0.selectivity.map { $0 <= Self.leastReduction } ?? false
    }
    let equalities = tied + constants
    guard !equalities.isEmpty else { return [] }
    let order = demand.ordering.filter { engine.canIndex($0.text, of: relation) }
    let isOrderUsable =
      !order.isEmpty && order.count == demand.ordering.count && !equalities.contains(where: \.isList)
      && (engine.hasDescendingKeys || isUniform(order))
    let range = usable(demand.ranges).first.map { [$0.key] } ?? []
    return keys(equalities.map(\.key) + (isOrderUsable ? plainest(order) : range))
  }

  /// An index for bounds that change from loop to loop.
  struct RangeLookup {
    var keys: [IndexKey]
    /// Share of the entries that are gone through.
    var entries: Double
    /// Share of the rows to which they lead.
    var selectivity: Double
  }

  /// Constants that halve the rows, then the column that is bounded from both sides; where each is bounded from one
  /// side only, as in `x BETWEEN first AND last`, all of them: the second one is tested in the index.
  func rangeLookup() -> RangeLookup? {
    let tied = usable(demand.ranges).filter(\.isTied)
    guard let first = tied.first(where: \.isBoundedTwice) ?? tied.first else { return nil }
    let others = first.isBoundedTwice ? [] : tied.filter { $0.column != first.column }
    let constants = usable(demand.equalities).filter {
      !$0.isTied && $0.selectivity.map { $0 <= Self.leastReduction } ?? false
    }
    let entries = product(constants) * Self.unknownShare(first)
    return RangeLookup(
      keys: keys((constants + [first] + others).map(\.key)), entries: entries,
      selectivity: others.reduce(entries) { $0 * Self.unknownShare($1) })
  }

  /// What the planner takes for bounds that it does not know (`DEFAULT_RANGE_INEQ_SEL`, `DEFAULT_INEQ_SEL`).
  private static func unknownShare(_ column: IndexDemand.ColumnDemand) -> Double {
    column.isBoundedTwice ? 0.005 : 1.0 / 3
  }

  // MARK: Choosing columns

  private func chosenEqualities() -> [IndexDemand.ColumnDemand] {
    usable(demand.equalities).sorted { known($0) < known($1) }.reduce(into: []) { chosen, column in
      if earnsItsPlace(column, after: chosen) { chosen.append(column) }
    }
  }

  /// The first column always does.
  private func earnsItsPlace(
    _ column: IndexDemand.ColumnDemand, after chosen: [IndexDemand.ColumnDemand]
  ) -> Bool {
    guard !chosen.isEmpty else { return true }
    let left = remaining(after: chosen)
    return remaining(after: chosen + [column]) <= left * Self.leastReduction
  }

  /// The share of the rows that is left behind these columns: not less than what is wanted.
  private func remaining(after columns: [IndexDemand.ColumnDemand]) -> Double {
    columns.reduce(1) { max($0 * ($1.selectivity ?? Self.leastReduction), selectivity) }
  }

  private func usable(_ columns: [IndexDemand.ColumnDemand]) -> [IndexDemand.ColumnDemand] {
    columns.filter { engine.canIndex($0.column, of: relation) }
  }

  private func known(_ column: IndexDemand.ColumnDemand) -> Double { column.selectivity ?? 1 }

  private func product(_ columns: [IndexDemand.ColumnDemand]) -> Double {
    columns.reduce(1) { $0 * known($1) }
  }

  private func keys(_ keys: [IndexKey]) -> [IndexKey] {
    var seen: Set<String> = []
    return Array(keys.filter { seen.insert($0.text).inserted }.prefix(engine.maxKeyColumns))
  }

  // MARK: Order

  /// All terms run the same way, NULLs included, so that one index can be read forwards or backwards.
  private func isUniform(_ order: [IndexKey]) -> Bool {
    Set(order.map(\.isDescending)).count == 1 && order.allSatisfy(\.hasDefaultNulls)
  }

  /// An order that an index read backwards gives needs no DESC.
  private func plainest(_ order: [IndexKey]) -> [IndexKey] {
    isUniform(order) ? order.map { IndexKey($0.text) } : order
  }
}

extension EngineProfile {
  /// Whether a B-tree key may be this column; of a column that is not known, that it may.
  func canIndex(_ column: String, of relation: RelationEvidence) -> Bool {
    guard let known = relation.column(column) else { return true }
    return known.isBTreeIndexable && !unindexableTypes.contains(known.type)
  }
}
