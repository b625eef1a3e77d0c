import Catalog
import Diagnosis
import PlanModel

/// One scan of a user table.
enum CountingJob: Sendable {
  case pass(CountingPass)
  case values(ValueCount)
}

/// Which scans of user tables the evidence of a plan needs, and what is left out.
struct CountingPlan {
  private(set) var jobs: [CountingJob] = []
  private(set) var gaps: [EvidenceGap] = []
  /// Rows that the scans will read, by the catalog.
  private(set) var rows: [Double] = []

  private let book: EvidenceBook
  private let engine: EngineProfile
  /// `--exact-counts`: nothing is sampled or left out for its size.
  private let countsAll: Bool

  init(
    _ book: EvidenceBook, plan: ExplainedPlan, conditions: PlanConditions, engine: EngineProfile,
    countsAll: Bool = false
  ) {
    (self.book, self.engine, self.countsAll) = (book, engine, countsAll)
    let partitioned = Set(book.relations.filter { $0.statistics.kind == .partitionedTable }.map(\.name))
    let parents = book.relations.compactMap { relation in
      relation.statistics.parent.flatMap { partitioned.contains($0) ? (relation.name, $0) : nil }
    }
    let suspected = SuspectedColumns(plan, conditions, parents: Dictionary(parents) { first, _ in first })
    for relation in book.relations where relation.statistics.kind.isCountable {
      addPass(over: relation, plan, conditions, suspected)
    }
    for relation in book.relations
    where relation.statistics.kind.isCountable || partitioned.contains(relation.name) {
      addValues(of: relation, suspected)
    }
  }

  private func samplePercent(_ relation: RelationEvidence) -> Int? {
    countsAll ? nil : EvidenceBudget.samplePercent(ofTableWith: relation.plannerRowCount)
  }

  private mutating func addPass(
    over relation: RelationEvidence, _ plan: ExplainedPlan, _ conditions: PlanConditions,
    _ suspected: SuspectedColumns
  ) {
    let percent = samplePercent(relation)
    var pass = CountingPass(relation.name, plan: plan, conditions: conditions, samplePercent: percent)
    if engine.countsDistinctInPass { pass.distinct = suspected.distinct[relation.name] ?? [] }
    guard percent == nil || engine.hasTableSample else { return gaps.append(pass.gap(Self.tooLarge)) }
    add(.pass(pass), relation)
  }

  private static let tooLarge =
    "over 50 million rows, which this engine cannot sample; --exact-counts counts them all the same"

  private mutating func addValues(of relation: RelationEvidence, _ suspected: SuspectedColumns) {
    let percent = samplePercent(relation)
    let isPartitioned = relation.statistics.kind == .partitionedTable
    let distinct = engine.countsDistinctInPass ? [] : suspected.distinct[relation.name] ?? []
    let lists = (suspected.frequent[relation.name] ?? []).map { (columns: [$0], listsValues: true) }
    for (columns, listsValues) in lists + distinct.map({ (columns: $0, listsValues: false) }) {
      let isCountable = columns.allSatisfy { relation.column($0)?.isCountedByHashing ?? false }
      guard isCountable else { continue }
      let count = ValueCount(
        table: relation.name, columns: columns, listsValues: listsValues, isPartitioned: isPartitioned,
        samplePercent: percent)
      guard percent == nil || listsValues && engine.hasTableSample else {
        gaps.append(count.gap("over 50 million rows, and a sample does not tell; --exact-counts counts them"))
        continue
      }
      add(.values(count), relation)
    }
  }

  private mutating func add(_ job: CountingJob, _ relation: RelationEvidence) {
    jobs.append(job)
    rows.append(relation.plannerRowCount ?? 0)
  }

  /// How many sessions are worth having, of so many that may be had.
  func sessions(upTo most: Int) -> Int {
    let others = rows.reduce(0, +) - (rows.max() ?? 0)
    guard engine.takesSeveralSessions, others >= EvidenceBudget.rowsWorthConnecting else { return 1 }
    return max(1, min(most, jobs.count))
  }
}
