import Catalog

/// What can be said about an index for a demand.
enum IndexVerdict {
  /// An index that the planner's own cost model prefers to what the plan did.
  case propose(IndexProposal, IndexBenefit)
  /// An index that fits exists already; the planner did not use it.
  case exists(IndexDefinition)
  /// An index that fits is there but not valid.
  case invalid(IndexDefinition)
  /// An index would not help; why, in a sentence.
  case notWorthwhile(String)
}

/// The planner's cost of the old way and of the new one, in its own units.
struct IndexBenefit {
  var costBefore: Double
  var costAfter: Double
  /// Rows that are read through the index.
  var rowsRead: Double
  /// Estimated size of the index in bytes.
  var sizeBytes: Double
  /// The index gives the order, so that a LIMIT stops the scan.
  var stopsEarly = false
  /// Whether pages and rows of the table were known; otherwise the costs are worth nothing.
  var isFounded: Bool

  /// Share of the cost that goes away, 0 to 1.
  var saving: Double { costBefore > 0 ? max(0, 1 - costAfter / costBefore) : 0 }
}

/// Judges indexes for one table by the planner's cost model, so that none is advised that would not be used.
struct IndexAdvisor {
  let relation: RelationEvidence
  let evidence: EvidenceBook
  let engine: EngineProfile
  /// The partitions that the plan reads, where the table is partitioned.
  let partitionsRead: [QualifiedName]

  init(
    relation: RelationEvidence, evidence: EvidenceBook, engine: EngineProfile,
    partitionsRead: [QualifiedName]? = nil
  ) {
    self.relation = relation
    self.evidence = evidence
    self.engine = engine
    self.partitionsRead =
      partitionsRead ?? (relation.statistics.kind == .partition ? [relation.name] : [])
  }

  /// The least share of the cost that an index must save (experiments.md: "lowers the cost by ≥ 20%").
  static let leastSaving = 0.2
  /// No index is advised on a smaller table: it is a few pages.
  static let leastTableRows = 1_000.0
  /// Wanting a larger share of the rows than this, a full scan is the better plan.
  static let largestWantedShare = 0.25
  /// Share of the table's blocks from which on fetching rows through an index is reading the table.
  static let mostPagesFetched = 0.8
  /// In a table of fewer blocks the time goes into rows, not into blocks.
  static let leastScatteredPages = 100.0
  /// What the rules of this version do not propose.
  private static let notAdvised =
    "This version advises no index on most expressions, for patterns or containers, and no pair of indexes for OR."

  /// Advice for one full scan that wants `selectivity` of the table's rows.
  func advice(for demand: IndexDemand, selectivity: Double) -> IndexVerdict {
    let designer = IndexDesigner(
      demand: demand, relation: relation, engine: engine, selectivity: selectivity)
    guard let design = designer.design() else {
      return .notWorthwhile("No predicate of this scan can bound one B-tree index. \(Self.notAdvised)")
    }
    let rowsRead = designer.rowsRead(design)
    let scattered = cost.shareOfPages(fetching: rowsRead)
    if isFounded, pages ?? 0 >= Self.leastScatteredPages, !design.givesOrder,
      scattered > Self.mostPagesFetched, abs(correlation(design.keys)) < 0.7
    {
      return .notWorthwhile(
        """
        The rows that an index on (\(design.keys.map(\.words).joined(separator: ", "))) would lead to are \
        scattered over \(Words.percent(scattered)) of the table's blocks (computed from the row count): \
        reading them saves next to nothing.\(demand.hasOtherPredicates ? " " + Self.notAdvised : "")
        """)
    }
    return judge(design, demand: demand, before: cost.sequentialScan) { width in
      cost.indexAccess(matching: rowsRead, keyWidth: width, correlation: correlation(design.keys))
    } rowsRead: {
      rowsRead
    }
  }

  /// Advice for looking up `lookups` keys instead of reading the table at a cost of `costBefore`.
  func advice(
    forLookups lookups: Double, rowsEach: Double, demand: IndexDemand, costBefore: Double
  ) -> IndexVerdict {
    let designer = IndexDesigner(demand: demand, relation: relation, engine: engine, selectivity: 0)
    let keys = designer.lookupKeys()
    guard !keys.isEmpty else {
      return .notWorthwhile(
        "The join compares no column of this table by equality that an index can lead to.")
    }
    let design = IndexDesign(keys: keys, selectivity: 0, givesOrder: false)
    return judge(design, demand: demand, before: costBefore) { width in
      cost.repeatedLookup(lookups: lookups, rowsEach: rowsEach, keyWidth: width)
    } rowsRead: {
      lookups * rowsEach
    }
  }

  /// The cost of reading the table once in full.
  var fullScanCost: Double { cost.sequentialScan }

  // MARK: Judging

  private func judge(
    _ design: IndexDesign, demand: IndexDemand, before: Double, after: (Double) -> Double,
    rowsRead: () -> Double
  ) -> IndexVerdict {
    let equalityCount = design.keys.count { key in demand.equalities.contains { $0.column == key.text } }
    let existing = ExistingIndexes(indexes: relation.indexes ?? [])
    if let index = existing.serving(design.keys, equalityCount: equalityCount) { return .exists(index) }
    if let index = existing.invalid(design.keys) { return .invalid(index) }
    if let refusal = refusal() { return .notWorthwhile(refusal) }
    let columns = design.keys.map(demand.column)
    let benefit = IndexBenefit(
      costBefore: before, costAfter: after(width(of: columns)), rowsRead: rowsRead(),
      sizeBytes: size(of: columns), stopsEarly: design.givesOrder && demand.limit != nil,
      isFounded: isFounded)
    guard !isFounded || benefit.saving >= Self.leastSaving else {
      return .notWorthwhile(notCheaper(benefit, keys: design.keys))
    }
    return .propose(proposal(design.keys, existing: existing), benefit)
  }

  /// Limits that forbid any further index on this table.
  private func refusal() -> String? {
    if let rows = relation.bestRowCount, rows < Self.leastTableRows {
      return "The table has \(Words.counted(rows, "row")): a full scan of so few is the best plan."
    }
    if let limit = engine.maxIndexesPerTable, let count = relation.indexes?.count, count >= limit {
      return
        "The table has \(count) indexes, and \(engine.name) allows \(limit) (as of \(engine.factsDate ?? "now"))."
    }
    return nil
  }

  private func notCheaper(_ benefit: IndexBenefit, keys: [IndexKey]) -> String {
    """
    An index on (\(keys.map(\.words).joined(separator: ", "))) would not be used: by the planner's cost \
    model it costs \(Words.count(benefit.costAfter)) to read \(Words.count(benefit.rowsRead)) rows \
    through it, against \(Words.count(benefit.costBefore)) for what the plan does.
    """
  }

  private func proposal(_ keys: [IndexKey], existing: ExistingIndexes) -> IndexProposal {
    IndexProposal(
      table: relation.indexTarget, keys: keys,
      supersedes: existing.superseded(by: keys),
      partitions: partitionsRead.isEmpty ? [] : allPartitions?.map(\.name) ?? partitionsRead,
      listsAllPartitions: partitionsRead.isEmpty || allPartitions != nil)
  }

  // MARK: Figures

  private var allPartitions: [PartitionSize]? { relation.statistics.partitions }

  private var isFounded: Bool { relation.bestRowCount != nil && pages != nil }

  private var pages: Double? { relation.statistics.currentPages ?? relation.statistics.relPages }

  private var cost: AccessCost {
    AccessCost(
      pages: pages ?? 0, rows: relation.bestRowCount ?? 0, constants: CostConstants(evidence))
  }

  /// Average bytes of the columns' values; 8 where there are no statistics.
  private func width(of columns: [String]) -> Double {
    columns.reduce(0) { $0 + Double(relation.column($1)?.distribution?.avgWidth ?? 8) }
  }

  private func size(of columns: [String]) -> Double {
    let entry = (width(of: columns) / 8).rounded(.up) * 8 + AccessCost.entryOverhead
    return rowsToIndex * entry / AccessCost.leafShare
  }

  /// Rows of the table, and of the partitions that the plan does not read.
  private var rowsToIndex: Double {
    let others =
      partitionsRead.isEmpty ? [] : (allPartitions ?? []).filter { !partitionsRead.contains($0.name) }
    return (relation.bestRowCount ?? 0) + others.compactMap(\.relTuples).reduce(0, +)
  }

  /// How far the table's order follows the first key's.
  private func correlation(_ keys: [IndexKey]) -> Double {
    keys.count == 1 ? relation.column(keys[0].text)?.distribution?.correlation ?? 0 : 0
  }
}
