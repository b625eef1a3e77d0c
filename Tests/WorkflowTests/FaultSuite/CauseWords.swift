import Diagnosis

/// What a case calls a cause, and the rules that name it.
enum CauseWords {
  /// The causes that a finding of each rule may stand for. A rule without words states what no case plants, or
  /// what is no cause by itself.
  static let byRule: [RuleName: Set<String>] = [
    "FullScanFilterWaste": ["missing-filter-index", "missing-join-index"],
    "IndexFilterWaste": ["index-filter-waste"],
    "WrongLeadingColumn": ["index-column-order"],
    "ExpressionOnColumn": ["expression-on-column"],
    "TypeCoercionBypass": ["type-coercion"],
    "HighLoopLookups": ["high-loop-lookups"],
    "NonCoveringLookup": ["high-loop-lookups"],
    "IndexOnlyHeapFetches": ["index-only-heap-fetches"],
    "LossyBitmap": ["lossy-bitmap"],
    "OrderLimitWrongIndex": ["order-limit-wrong-index"],
    "DeepOffset": ["deep-offset"],
    "PatternMatch": ["pattern-match"],
    "PruningDefeated": ["pruning-defeated"],
    "InvalidIndex": ["invalid-index"],
    "StorageFilterMissed": [],
    "WideProjection": ["wide-projection"],

    "EstimationError": [],
    "StaleStatistics": ["stale-statistics"],
    "CorrelatedPredicates": ["correlated-columns"],
    "Skew": ["skew"],
    "WrongNDistinct": ["wrong-n-distinct"],
    "OpaqueEstimate": ["opaque-estimate"],
    "JoinSelectivity": ["join-selectivity"],
    "RowGoal": ["row-goal"],

    "NestedLoopAmplification": ["nested-loop-amplification"],
    "UnindexedInner": ["unindexed-inner", "missing-join-index", "missing-filter-index"],
    "CartesianJoin": ["cartesian-join"],
    "HashResize": ["hash-batches"],
    "HashBatches": ["hash-batches"],
    "SortSpill": ["sort-spill"],
    "AggregateSpill": ["aggregate-spill"],
    "SortAvoidable": ["sort-avoidable"],
    "JoinCountOverLimit": ["join-count-over-limit"],
    "RepeatedSubPlan": ["repeated-subplan"],
    "CTEFence": ["cte-fence"],
    "LateDistinct": ["late-distinct"],
    "LateGroupBy": ["late-group-by"],
    "ParallelShortfall": ["parallel-shortfall"],
    "PlanningDominates": ["planning-dominates"],
    "JITDominates": ["jit-dominates"],
    "MisleadingSettings": ["misleading-settings"],
    "TriggerTime": ["trigger-time"],
    "ColdReads": ["cold-reads"],
    "ResultToClient": ["result-to-client"],
    "RedundantPredicate": ["redundant-predicate"],
    "TenantScopeMissing": ["tenant-scope-missing"],

    "AnomalousRows": [],
    "EstimateOnly": [],
    "TimingOverhead": [],
    "GUCExperimentFailed": [],
    "ReadDPUDominates": [],
  ]

  /// Causes that lie in the session, the server or the statement as a whole, not in one table.
  static let withoutTable: Set<String> = [
    "sort-spill", "aggregate-spill", "hash-batches", "jit-dominates", "planning-dominates",
    "result-to-client",
    "join-count-over-limit", "parallel-shortfall", "cartesian-join", "late-distinct", "late-group-by",
    "wide-projection", "cold-reads", "misleading-settings",
  ]

  static func causes(of rule: RuleName) -> Set<String> { byRule[rule] ?? [] }
}
