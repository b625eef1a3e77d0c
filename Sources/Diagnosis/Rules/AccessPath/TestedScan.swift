import Catalog
import PlanModel
import Statements

/// A scan of a table that discards most of what it reads by its filter, in figures over all loops and processes.
struct TestedScan {
  /// The scan nodes: one, or those of one table's partitions.
  private(set) var nodes: [Int]
  /// The table that an index would be built on.
  let table: QualifiedName
  /// The name by which the plan's conditions call the first of ``nodes``.
  let label: String
  /// The evidence of what the first of ``nodes`` reads.
  let relation: RelationEvidence?
  /// What the filter of the first of ``nodes`` tests.
  let predicates: [ColumnPredicate]
  /// Rows that came out.
  private(set) var rowsReturned: Double
  /// Rows that the filter threw away.
  private(set) var rowsRemoved: Double
  /// Rows of all tables that are read, each once.
  private(set) var tableRows: Double
  /// Every row of the table is read.
  let isFull: Bool
  /// Nothing was run: the rows are the planner's estimates.
  let isEstimated: Bool

  /// Share of the rows read that must be discarded (plan-math.md, "high").
  static let leastWaste = 0.5
  /// Share of the execution that must be at stake: below that a finding would be LOW.
  static let leastShare = 0.05

  /// `nil` for nodes that are no scan with a filter, and for those that did not run.
  init?(node: Int, in query: DiagnosticCase) {
    let plan = query.plan.nodes[node]
    guard let reference = plan.relation, !plan.type.isStorageNode, !plan.type.isJoin,
      let rows = Self.rows(of: node, in: query)
    else { return nil }
    nodes = [node]
    relation = query.relation(of: node)
    table = relation?.indexTarget ?? QualifiedName(reference)
    label = reference.label
    predicates = query.filterConditions(of: node)
    isFull = query.isFullRead(node)
    isEstimated = plan.actual == .notReported
    (rowsReturned, rowsRemoved) = rows
    tableRows = max(relation?.bestRowCount ?? 0, isFull ? rows.returned + rows.removed : 0)
    guard rowsRemoved > 0, !predicates.isEmpty else { return nil }
  }

  private static func rows(of node: Int, in query: DiagnosticCase) -> (returned: Double, removed: Double)? {
    if let figures = query.plan.nodes[node].actual.figures {
      return (figures.totalRows, query.totalRowsRemoved(by: node))
    }
    guard query.isFullRead(node) else { return nil }
    return query.expectedRows(of: node).map { ($0.returned, max(0, $0.read - $0.returned)) }
  }

  var rowsRead: Double { rowsReturned + rowsRemoved }
  /// Share of the rows read that were discarded, 0 to 1.
  var waste: Double { rowsRemoved / max(rowsRead, 1) }
  /// The partitions that are read; `nil` where the table is none.
  var isPartitioned: Bool { relation?.statistics.kind == .partition }

  /// Both scans as one.
  func merging(_ other: TestedScan) -> TestedScan {
    var both = self
    both.nodes += other.nodes
    both.rowsReturned += other.rowsReturned
    both.rowsRemoved += other.rowsRemoved
    both.tableRows = relation?.name == other.relation?.name ? tableRows : tableRows + other.tableRows
    return both
  }

  /// The figures with their sources.
  var measurements: [Measurement] {
    guard !isEstimated else {
      return [Measurement("rows that the planner expects", rowsReturned, source: "cost … rows")]
    }
    return [
      Measurement("rows returned", rowsReturned, source: "actual rows × loops"),
      Measurement("rows discarded", rowsRemoved, source: "Rows Removed by Filter, or Rows Filtered, × loops"),
    ]
  }

  /// What was read and thrown away, in a sentence.
  func observation(in query: DiagnosticCase) -> String {
    let label = query.label(of: nodes[0])
    let others = nodes.count > 1 ? " and \(Words.counted(Double(nodes.count - 1), "more scan"))" : ""
    guard !isEstimated else {
      return """
        \(label)\(others) is expected to read \(Words.counted(rowsRead, "row")) and to discard \
        \(Words.count(rowsRemoved)) by its filter; these are estimates, nothing was run.
        """
    }
    let isExact = nodes.allSatisfy { query.loops(of: $0) == 1 }
    let words = isExact ? Words.count : Words.about
    return """
      \(label)\(others) read \(words(rowsRead)) rows and discarded \(words(rowsRemoved)) by its filter, to \
      return \(words(rowsReturned)).
      """
  }
}

extension TestedScan {
  /// The scans of a plan that discard more than half of what they read, those of one table's partitions by the
  /// same columns together.
  static func wasteful(in query: DiagnosticCase) -> [TestedScan] {
    query.plan.nodes.indices.compactMap { TestedScan(node: $0, in: query) }
      .grouped { Target(table: $0.table, tests: $0.predicates.map(Test.init)) }
      .map { $0.dropFirst().reduce($0[0]) { $0.merging($1) } }
      .filter { $0.waste > leastWaste }
  }

  private struct Target: Hashable {
    var table: QualifiedName
    var tests: [Test]
  }

  private struct Test: Hashable {
    var column: String?
    var wrapping: [ColumnWrapping]
    var comparison: Statements.Comparison

    init(_ predicate: ColumnPredicate) {
      (column, wrapping, comparison) = (predicate.column?.name, predicate.wrapping, predicate.comparison)
    }
  }

  /// Rows for which a predicate holds, counted; `nil` where it was not.
  func rows(for predicate: ColumnPredicate) -> Double? {
    guard let relation, let text = predicate.text?.text, let all = relation.rowCount?.value else {
      return nil
    }
    return relation.selectivity(of: [text]).map { $0 * all }
  }

  /// Whether an index on bare columns that the filter tests as well leads to no more rows than the predicate lets
  /// through: then that index is the better advice, and another rule gives it.
  func hasBetterIndex(than predicate: ColumnPredicate, in query: DiagnosticCase) -> Bool {
    guard isFull, let scan = FilteredScan(node: nodes[0], in: query) else { return false }
    let others = scan.predicates.filter { $0.column != nil && $0.text != predicate.text?.text }
    let demand = IndexDemand(others, relation: relation)
    guard !(demand.equalities + demand.ranges).isEmpty else { return false }
    let advisor = query.advisor(for: self)
    let known = (demand.equalities + demand.ranges).compactMap(\.selectivity).min()
    let wanted = rows(for: predicate) ?? .infinity
    switch advisor.advice(for: demand, selectivity: known ?? 1 - waste) {
    case .propose(_, let benefit): return benefit.rowsRead <= wanted
    // The planner passed it over for another reason than this predicate.
    case .exists: return known.map { $0 * tableRows <= wanted } ?? false
    case .invalid, .notWorthwhile: return false
    }
  }
}

extension DiagnosticCase {
  /// What a scan's filter tests, Aurora DSQL's storage filter included.
  func filterConditions(of node: Int) -> [ColumnPredicate] {
    let storage = children[node].flatMap { plan.subtree(of: $0) }
    return conditions.predicates(.filter, of: node)
      + storage.flatMap { conditions.predicates(.storageFilters, of: $0) }
  }

  /// Judges indexes for the table of a scan; of partitions, for all that are read.
  func advisor(for scan: TestedScan) -> IndexAdvisor {
    let unknown = RelationEvidence(statistics: RelationStatistics(name: scan.table))
    let parts = scan.isPartitioned ? scan.nodes.compactMap(relation) : []
    let relation = parts.count > 1 ? RelationEvidence(partitions: parts) : scan.relation
    return IndexAdvisor(
      relation: relation ?? unknown, evidence: evidence, engine: engine, partitionsRead: parts.map(\.name))
  }

  /// Share of the planner's cost of a full scan that fetching so many rows through an index would save, 0 to 1;
  /// `nil` where the table's size is not known.
  func saving(of scan: TestedScan, fetching rows: Double, correlation: Double = 0) -> Double? {
    guard let cost = accessCost(of: scan.relation) else { return nil }
    let path = cost.plainIndex(matching: rows / Double(scan.nodes.count), correlation: correlation)
    return 1 - cost.indexAccess(path) / cost.sequentialScan()
  }

  /// The valid indexes of a table that lead with a column.
  func indexes(of relation: RelationEvidence?, leadingWith column: String) -> [IndexDefinition] {
    (relation?.indexes ?? []).filter {
      $0.isValid && $0.predicate == nil && $0.accessMethod.hasPrefix("btree")
        && $0.leadingColumns.first == column
    }
  }
}
