import PlanModel

/// Where TEXT of an execution may differ from its JSON, YAML and XML: nowhere else.
enum FormatDifferences {
  /// Why, and what is left out of the comparison on both sides.
  static let table: [(reason: String, leaveOut: @Sendable (inout ExplainedPlan) -> Void)] = [
    ("auto_explain does not know how long planning took", { $0.planningTime = nil }),
    ("auto_explain does not count what planning read", { $0.planningBuffers = nil }),
    ("auto_explain does not time what planning read", { $0.planningIOTimings = nil }),
    ("auto_explain times the execution in its message, not in the plan", { $0.executionTime = nil }),
    (
      "TEXT prints 0 where less than half a row per loop was removed; the others print 0 where none was",
      { plan in
        for index in plan.nodes.indices {
          plan.nodes[index].properties.removeAll { $0.key.name.hasPrefix("Rows Removed") && $0.value == "0" }
        }
      }
    ),
  ]
}

extension ExplainedPlan {
  /// The plan without what one format alone can tell.
  var comparable: ExplainedPlan {
    FormatDifferences.table.reduce(into: self) { plan, difference in difference.leaveOut(&plan) }
  }
}
