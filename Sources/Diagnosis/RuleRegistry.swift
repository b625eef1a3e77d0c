import Catalog

/// All rules, in the order in which they look and in which docs/rules.md has them.
public enum RuleRegistry {
  /// Every rule; adding one adds a line here.
  public static let rules: [any Rule] = [
    FullScanFilterWaste(),
    InvalidIndex(),
    WrongLeadingColumn(),
    IndexFilterWaste(),
    OrderLimitWrongIndex(),
    SortAvoidable(),
    HighLoopLookups(),
    NonCoveringLookup(),
    ExpressionOnColumn(),
    TypeCoercionBypass(),
    IndexOnlyHeapFetches(),
    LossyBitmap(),
    DeepOffset(),
    PatternMatch(),
    PruningDefeated(),
    StorageFilterMissed(),
    WideProjection(),
    StaleStatistics(),
    CorrelatedPredicates(),
    Skew(),
    WrongNDistinct(),
    OpaqueEstimate(),
    JoinSelectivity(),
    RowGoal(),
    EstimationError(),
    NestedLoopAmplification(),
    UnindexedInner(),
    CartesianJoin(),
    JoinCountOverLimit(),
    RepeatedSubPlan(),
    CTEFence(),
    LateDistinct(),
    LateGroupBy(),
    SortSpill(),
    HashBatches(),
    HashResize(),
    AggregateSpill(),
    ParallelShortfall(),
    JITDominates(),
    MisleadingSettings(),
    RedundantPredicate(),
    TenantScopeMissing(),
    PlanningDominates(),
    TriggerTime(),
    ColdReads(),
    ResultToClient(),
    AnomalousRows(),
    EstimateOnly(),
    TimingOverhead(),
    ReadDPUDominates(),
  ]

  /// Lets every rule look at a case.
  public static func examine(_ query: DiagnosticCase) -> Examination {
    var examination = Examination()
    for rule in rules {
      switch rule.examine(query) {
      case .examined([]): examination.ruledOut.append(type(of: rule).name)
      case .examined(let findings): examination.findings += findings
      case .notExamined(let gap): if !examination.gaps.contains(gap) { examination.gaps.append(gap) }
      }
    }
    if let gap = EvidenceGap.contradictoryTimes(query.timings) { examination.gaps.append(gap) }
    let causes = EstimateLinks(query: query).linking(SpecificCauses.linking(examination.findings))
    let linked = ScopeLinks(query: query).linking(causes)
    examination.findings = SharedMemory.linking(SharedIndexes.linking(linked))
    return examination
  }
}

/// What all rules together said about a case.
public struct Examination: Sendable, Equatable {
  /// What was found, in the rules' order.
  public var findings: [Finding] = []
  /// Rules that looked and found nothing.
  public var ruledOut: [RuleName] = []
  /// What rules could not look at.
  public var gaps: [EvidenceGap] = []

  /// Nothing said yet.
  public init() {}

  /// The findings in the report's order.
  public func ranked(showingAll: Bool = false) -> RankedFindings {
    var ranked = Ranking.rank(findings, showingAll: showingAll)
    ranked.ruledOut = ruledOut
    ranked.gaps = gaps
    return ranked
  }
}
