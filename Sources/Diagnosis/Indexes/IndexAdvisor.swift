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
  /// All that the scan needs is in the index, so that the table is hardly visited.
  var isCovering = false
  /// The index that leads to these rows already, without the columns that would make it enough.
  var extends: IndexDefinition?
  /// Further indexes without which this one is of no use: the other branches of an OR.
  var beside: [IndexProposal] = []
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
  /// Advice for one full scan that wants `selectivity` of the table's rows.
  ///
  /// - Parameter costBefore: what the index replaces, where that is not a full scan.
  func advice(
    for demand: IndexDemand, selectivity: Double, costBefore: Double? = nil
  ) -> IndexVerdict {
    let before = costBefore ?? fullScanCost
    let designer = IndexDesigner(
      demand: demand, relation: relation, engine: engine, selectivity: selectivity)
    guard let design = designer.design() else {
      return adviceForEither(demand, selectivity: selectivity, before: before)
        ?? adviceForExclusion(demand, before: before)
        ?? .notWorthwhile("No predicate of this scan can bound one B-tree index.")
    }
    return judge(scan(design, designer), demand: demand, before: before)
  }

  /// Advice for an index that spares a sort: the equalities and the order, whatever else might serve.
  func advice(
    forOrder demand: IndexDemand, selectivity: Double, costBefore: Double
  ) -> IndexVerdict {
    let designer = IndexDesigner(
      demand: demand, relation: relation, engine: engine, selectivity: selectivity)
    guard let design = designer.ordered() else {
      return .notWorthwhile("No B-tree index gives this order.")
    }
    return judge(scan(design, designer), demand: demand, before: costBefore)
  }

  /// Advice for looking up `lookups` keys instead of reading the table at a cost of `costBefore`.
  ///
  /// - Parameter isReadInFull: now the table is: an index that finds by the keys' equality is enough.
  func advice(
    forLookups lookups: Double, rowsEach: Double, demand: IndexDemand, costBefore: Double,
    isReadInFull: Bool = true
  ) -> IndexVerdict {
    let designer = IndexDesigner(demand: demand, relation: relation, engine: engine, selectivity: 0)
    let keys = designer.lookupKeys()
    guard !keys.isEmpty else {
      return .notWorthwhile(
        "The join compares no column of this table by equality that an index can lead to.")
    }
    let tied = keys.filter { key in demand.equalities.contains { $0.key == key && $0.selectivity == nil } }
    let existing = ExistingIndexes(indexes: relation.indexes ?? [], conditions: demand.statedConditions)
    if isReadInFull, !tied.isEmpty {
      if let index = existing.serving(tied, equalityCount: tied.count) { return .exists(index) }
      if let index = existing.invalid(tied) { return .invalid(index) }
    }
    let need = IndexNeed(
      keys: keys, matching: rowsEach, bounds: Double(keys.count), executions: lookups, givesOrder: false)
    return judge(need, demand: demand, before: costBefore)
  }

  /// Advice for finding, again and again, by bounds that change from time to time.
  func advice(
    forRanges demand: IndexDemand, rowsEach: Double, executions: Double, costBefore: Double
  ) -> IndexVerdict {
    let designer = IndexDesigner(demand: demand, relation: relation, engine: engine, selectivity: 0)
    let rows = relation.bestRowCount ?? 0
    guard let design = designer.rangeLookup(), rowsEach <= Self.largestWantedShare * rows || !isFounded else {
      return .notWorthwhile("The join bounds no column of this table so that few of its rows are left.")
    }
    let existing = ExistingIndexes(indexes: relation.indexes ?? [], conditions: demand.statedConditions)
    if let index = existing.serving(design.keys, equalityCount: design.keys.count) { return .exists(index) }
    let need = IndexNeed(
      keys: design.keys, matching: max(rows * design.selectivity, rowsEach),
      entries: max(rows * design.entries, rowsEach), bounds: Double(design.keys.count),
      executions: executions, givesOrder: false)
    return judge(need, demand: demand, before: costBefore)
  }

  /// Advice for finding, again and again, by either of several columns.
  func advice(
    forEither demand: IndexDemand, rowsEach: Double, executions: Double, costBefore: Double
  ) -> IndexVerdict {
    let share = rowsEach / max(relation.bestRowCount ?? 0, 1)
    return adviceForEither(demand, selectivity: share, executions: executions, before: costBefore)
      ?? .notWorthwhile("One of the columns that are compared can be no key of an index.")
  }

  /// Advice for an index that is enough by itself: the keys of one that exists, and what is still fetched from the
  /// table.
  func advice(
    toCover index: IndexDefinition, rowsEach: Double, executions: Double, demand: IndexDemand,
    costBefore: Double
  ) -> IndexVerdict {
    let need = IndexNeed(
      keys: index.keys, matching: rowsEach, bounds: 1, executions: executions, givesOrder: false)
    let plain = Candidate(need, demand: demand, advisor: self)
    guard refusal() == nil, index.predicate == nil, let covering = plain.covering(demand) else {
      return .notWorthwhile("The query needs more columns than an index should carry, or they are not known.")
    }
    let benefit = covering.benefit(before: costBefore, stopsEarly: false)
    guard benefit.saving >= Self.leastSaving else {
      return .notWorthwhile(notCheaper(benefit, keys: index.keys))
    }
    let existing = ExistingIndexes(indexes: relation.indexes ?? [])
    return .propose(proposal(covering, existing: existing), benefit)
  }

  /// The cost of reading the table once in full.
  var fullScanCost: Double { cost.sequentialScan() }

  // MARK: Judging

  private func scan(_ design: IndexDesign, _ designer: IndexDesigner) -> IndexNeed {
    IndexNeed(
      keys: design.keys, matching: designer.rowsRead(design), bounds: Double(design.bounds),
      givesOrder: design.givesOrder)
  }

  private func judge(_ need: IndexNeed, demand: IndexDemand, before: Double) -> IndexVerdict {
    let plain = Candidate(need, demand: demand, advisor: self)
    let existing = ExistingIndexes(
      indexes: relation.indexes ?? [], conditions: demand.statedConditions)
    let equalityCount = need.keys.count { key in demand.equalities.contains { $0.key == key } }
    let present = existing.serving(need.keys, equalityCount: equalityCount)
    let covering = covering(plain, demand: demand, before: present == nil ? before : min(before, plain.cost))
    if covering == nil {
      if let present { return .exists(present) }
      if let index = existing.invalid(need.keys) { return .invalid(index) }
    }
    if let refusal = refusal() { return .notWorthwhile(refusal) }
    let chosen = covering ?? partial(plain, demand: demand) ?? plain
    var benefit = chosen.benefit(before: before, stopsEarly: need.givesOrder && demand.limit != nil)
    benefit.extends = present
    guard !isFounded || benefit.saving >= Self.leastSaving else {
      return .notWorthwhile(notCheaper(benefit, keys: need.keys))
    }
    return .propose(proposal(chosen, existing: existing), benefit)
  }

  /// The same index with INCLUDE columns, where reading it alone saves so much that they earn their place.
  private func covering(_ plain: Candidate, demand: IndexDemand, before: Double) -> Candidate? {
    guard isFounded, let covering = plain.covering(demand) else { return nil }
    let saved = plain.cost - covering.cost
    let isCheaper = covering.cost <= (1 - Self.leastSaving) * min(plain.cost, before)
    return isCheaper && saved >= CoveringColumns.leastShareOfCost * before ? covering : nil
  }

  /// The same index over the rows in the one state that is asked for, where that makes it much smaller.
  private func partial(_ plain: Candidate, demand: IndexDemand) -> Candidate? {
    guard isFounded, engine.hasTableMaintenance else { return nil }
    let states = demand.equalities.filter { $0.state != nil && $0.selectivity != nil }
    return states.compactMap { plain.partial($0, demand: demand) }.min { $0.size.pages < $1.size.pages }
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

  private func proposal(_ chosen: Candidate, existing: ExistingIndexes) -> IndexProposal {
    IndexProposal(
      table: relation.indexTarget, keys: chosen.need.keys, includedColumns: chosen.included,
      predicate: chosen.predicate,
      supersedes: chosen.predicate == nil
        ? existing.superseded(by: chosen.need.keys, including: chosen.included) : [],
      partitions: partitionsRead.isEmpty ? [] : allPartitions?.map(\.name) ?? partitionsRead,
      listsAllPartitions: partitionsRead.isEmpty || allPartitions != nil)
  }

  // MARK: OR

  /// One index for each branch of an OR, where few rows satisfy either: the planner puts their bitmaps together.
  private func adviceForEither(
    _ demand: IndexDemand, selectivity: Double, executions: Double = 1, before: Double
  ) -> IndexVerdict? {
    guard engine.hasTableMaintenance, refusal() == nil, isFounded,
      selectivity <= Self.largestWantedShare, !demand.alternatives.isEmpty,
      demand.alternatives.allSatisfy({ engine.canIndex($0.column, of: relation) })
    else { return nil }
    let existing = ExistingIndexes(indexes: relation.indexes ?? [], conditions: [])
    let branches = demand.alternatives.map { branch in
      IndexNeed(
        keys: [branch.key], matching: share(of: branch, or: selectivity) * (relation.bestRowCount ?? 0),
        bounds: 1, executions: executions, givesOrder: false)
    }.map { Candidate($0, demand: demand, advisor: self) }
    let missing = branches.filter { existing.serving($0.need.keys, equalityCount: 1) == nil }
    let distinct = missing.reduce(into: [Candidate]()) { list, next in
      if !list.contains(where: { $0.need.keys == next.need.keys }) { list.append(next) }
    }
    guard let first = distinct.first else { return nil }
    var benefit = first.benefit(before: before, stopsEarly: false)
    benefit.costAfter = branches.map(\.bitmapCost).reduce(0, +)
    benefit.rowsRead = branches.map { $0.need.matching * executions }.reduce(0, +)
    benefit.sizeBytes = distinct.map(\.size.bytes).reduce(0, +)
    benefit.beside = distinct.dropFirst().map { proposal($0, existing: existing) }
    guard benefit.saving >= Self.leastSaving else {
      return .notWorthwhile(notCheaper(benefit, keys: branches.map { $0.need.keys[0] }))
    }
    return .propose(proposal(first, existing: existing), benefit)
  }

  /// The planner's idea of one branch: of a value that it does not know, one of the column's.
  private func share(of branch: IndexDemand.ColumnDemand, or measured: Double) -> Double {
    guard branch.isTied, let column = relation.column(branch.column)?.distribution,
      let rows = relation.bestRowCount
    else { return branch.selectivity ?? measured }
    return (1 - column.nullFrac) / max(Self.distinct(column, rows: rows), 1)
  }

  /// A partial index over the few rows that have none of a column's frequent values.
  private func adviceForExclusion(_ demand: IndexDemand, before: Double) -> IndexVerdict? {
    guard engine.hasTableMaintenance, isFounded, refusal() == nil,
      let rare = demand.exclusions.first(where: { ($0.selectivity ?? 1) <= Candidate.largestPartialShare }),
      let condition = rare.state, let share = rare.selectivity
    else { return nil }
    let keys = demand.ordering.isEmpty ? [rare.key] : demand.ordering
    let need = IndexNeed(
      keys: keys, matching: share * (relation.bestRowCount ?? 0), bounds: 0, givesOrder: false)
    let candidate = Candidate(need, where: condition, share: share, demand: demand, advisor: self)
    let benefit = candidate.benefit(before: before, stopsEarly: false)
    let existing = ExistingIndexes(indexes: relation.indexes ?? [], conditions: demand.statedConditions)
    if let index = existing.restricted() { return .exists(index) }
    return benefit.saving >= Self.leastSaving
      ? .propose(proposal(candidate, existing: existing), benefit) : nil
  }

  // MARK: Figures

  private var allPartitions: [PartitionSize]? { relation.statistics.partitions }

  var isFounded: Bool { relation.bestRowCount != nil && pages != nil }

  private var pages: Double? { relation.statistics.currentPages ?? relation.statistics.relPages }

  /// The cost model of the table.
  var cost: AccessCost {
    AccessCost(
      pages: pages ?? 0, rows: relation.bestRowCount ?? 0, constants: CostConstants(evidence),
      // Without VACUUM there is no visibility map either: what is in an index is read from it.
      allVisible: engine.hasTableMaintenance ? relation.allVisibleShare : 1,
      totalPages: evidence.relations.compactMap { $0.statistics.currentPages ?? $0.statistics.relPages }
        .reduce(0, +))
  }

  /// Rows of the table, and of the partitions that the plan does not read.
  var rowsToIndex: Double {
    let others =
      partitionsRead.isEmpty ? [] : (allPartitions ?? []).filter { !partitionsRead.contains($0.name) }
    return (relation.bestRowCount ?? 0) + others.compactMap(\.relTuples).reduce(0, +)
  }
}

extension RelationEvidence {
  /// Share of the blocks that an index-only scan need not visit, as the planner takes it; 0 where it is not known.
  var allVisibleShare: Double {
    guard let visible = statistics.relAllVisible,
      let pages = statistics.currentPages ?? statistics.relPages, pages > 0
    else { return 0 }
    return min(visible / pages, 1)
  }
}
