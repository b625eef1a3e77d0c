import Catalog
import PlanModel
import Statements

/// Whether the SELECT that stands for an UPDATE or DELETE gets the plan that the statement itself would.
///
/// Plain EXPLAIN of the user's own statement (it executes nothing) is compared with the SELECT's plan:
/// node types, relations, conditions and total cost below ModifyTable.
public enum RewriteFidelity: Sendable, Equatable {
  /// Same nodes, relations, conditions and total cost.
  case same
  /// The same, since index-only scans were off.
  case sameWithoutIndexOnlyScans
  /// What differs, first difference first, and why the planner makes it so; `nil` where that is not known.
  case differs([String], PlannerReason?)
  /// The server would not explain the statement; its words.
  case notCompared(String)

  /// Compares the statement's own plan with that of its SELECT.
  init(_ own: OriginalPlan, against select: ExplainedPlan, _ request: CaptureRequest) {
    switch own {
    case .estimated(let plan):
      let fidelity = Self.compare(plan, select, notes: request.statement.notes)
      self = fidelity == .same && request.avoidsIndexOnlyScans ? .sameWithoutIndexOnlyScans : fidelity
    case .unknown(let reason):
      self = .notCompared(reason)
    }
  }

  /// The same, with row-level security as the reason where other policies bind the statement than the SELECT.
  func explained(by context: SessionContext) -> RewriteFidelity {
    guard case .differs(let differences, _) = self, context.secured.contains(where: \.choosesOtherRowsToWrite)
    else { return self }
    return .differs(differences, .rowSecurity)
  }

  /// Compares the statement's own plan, but for its ModifyTable, with the SELECT's.
  static func compare(
    _ own: ExplainedPlan, _ select: ExplainedPlan, notes: [AdmissionNote] = []
  ) -> RewriteFidelity {
    guard let compared = ComparedPlan(modifying: own, like: select, notes: notes) else {
      return .differs(["the statement's plan has no node below \(own.root.type.name)"], nil)
    }
    let differences = compared.differences(from: ComparedPlan(select))
    guard !differences.isEmpty else { return .same }
    return .differs(differences, PlannerReason(own: own, select: select, notes: notes))
  }
}
