/// What the printed times say about one node. All times are in milliseconds, over all loops.
public struct NodeTiming: Sendable, Equatable {
  /// Time per loop × loops: the node with all below it. Below a Gather that is processor time, summed
  /// over processes. `nil` where the server printed no time; 0 where the node was never executed.
  public var nodeDuration: Double?
  /// The node's part of the time that passed on the wall: below a Gather ``nodeDuration`` divided by
  /// the processes. `nil` where the server printed no time.
  public var wallContribution: Double?
  /// ``wallContribution`` without what children and sub-plans took; never below 0. `nil` where the
  /// server printed no time: then it is part of the own time of ``standIn``.
  public var ownTime: Double?
  /// ``wallContribution`` as part of Execution Time, from 0 to 1; `nil` without time.
  public var share: Double?
  /// ``ownTime`` as part of Execution Time, from 0 to 1; `nil` without time.
  public var ownShare: Double?
  /// How far ``wallContribution`` may be off because times have three decimals per loop.
  public var uncertainty: Double
  /// Processes that shared the work at this place of the plan; 1 outside a Gather.
  public var processes: Double
  /// Processes that really ran the node: fewer than ``processes`` where some found nothing left to do, 0
  /// where it was never executed, an average where a Gather ran several times. `nil` where the plan does not
  /// tell: a process may have started the node again and again, and there are no worker lines.
  public var ranIn: Double?
  /// How ``ownTime`` is known.
  public var certainty: Certainty
  /// The plan had the node, the run did not need it.
  public var isNeverExecuted: Bool
  /// The nearest ancestor with a time, for a node that has none; it stands for this one.
  public var standIn: Int?
  /// Roots of sub-plans whose time, wholly or in part, was taken out of this node's own time.
  public var chargedSubplans: [Int]

  /// The product of time and loops is too coarse to be printed as it is: the uncertainty is over 20% of it.
  public var isApproximate: Bool {
    guard let wallContribution else { return false }
    return uncertainty > 0.2 * wallContribution
  }
}

/// How a derived figure is known.
public enum Certainty: Sendable, Equatable {
  /// It follows from what EXPLAIN printed.
  case exact
  /// It rests on an average over processes that no worker lines confirm, or on a choice among nodes that may
  /// have waited for a sub-plan.
  case inferred
  /// EXPLAIN printed no time, or rounded it so far that the error may be as large as the figure.
  case unknowable
}
