import Catalog
import PlanModel
import Statements

/// Finds queries that join more relations than the planner may put in order, and that paid for it.
///
/// ## Why it matters
/// Above join_collapse_limit the planner keeps explicit JOINs in the order in which they are written, and from
/// geqo_threshold on it looks at a random part of the orders. A condition that would leave few rows may then
/// be applied last, after everything was joined.
///
/// ## Formula
/// Relations joined to each other, scans and whole sub-queries, are counted in the plan. The order has cost
/// something where a join keeps at most a tenth of the rows that the joins below it made: a plan that starts
/// with that join carries the few. Impact is the wall time of that join's larger side.
///
/// ## Thresholds
/// - more relations than join_collapse_limit or from_collapse_limit, or geqo_threshold of them (PostgreSQL's
///   defaults 8, 8 and 12 where the settings were not seen)
/// - 10% of at least 1,000 rows kept: less is a misplaced join and no accident of rounding
/// - impact at least 5%: from there on a finding is MODERATE (report.md, "Severity")
///
/// ## Silent when
/// The relations are within the limits, the statement lists all of them with commas and stays under
/// geqo_threshold, or no join discards what others have made.
///
/// ## Remedies
/// The limits raised to the number of relations, for the session. Tried as an experiment under the 30-second
/// rule; withdrawn with the numbers where the plan is no faster.
///
/// ## Known limits
/// Planning takes longer with every relation: the report's planning time shows it only in the trial.
public struct JoinCountOverLimit: Rule {
  /// The name of this rule and of its page.
  public static let name: RuleName = "JoinCountOverLimit"
  /// Share of the execution that must be at stake.
  static let leastShare = 0.05
  /// Of the rows below it a misplaced join keeps at most so much.
  static let largestKeptShare = 0.1
  /// Rows below a misplaced join.
  static let leastRows = 1_000.0

  /// The rule has no settings.
  public init() {}

  /// Looks at every tree of joins.
  public func examine(_ query: DiagnosticCase) -> RuleOutcome {
    guard query.plan.isAnalyzed else { return .notExamined(.notAnalyzed) }
    let limits = JoinLimits(query)
    return .examined(
      JoinTree.all(in: query).compactMap { tree in
        guard limits.bind(tree, in: query), let late = lateJoin(in: tree, of: query) else { return nil }
        return finding(late, tree, limits, in: query)
      })
  }

  /// A join that discards most of what the joins on one side of it made.
  private struct LateJoin {
    var join: Int
    var side: Int
  }

  private func lateJoin(in tree: JoinTree, of query: DiagnosticCase) -> LateJoin? {
    let sides = tree.joins.flatMap { join in query.inputs(of: join).map { LateJoin(join: join, side: $0) } }
    return sides.filter { isLate($0, in: query) }.max { query.wall(of: $0.side) < query.wall(of: $1.side) }
  }

  private func isLate(_ late: LateJoin, in query: DiagnosticCase) -> Bool {
    let rows = query.rowsInto(late.join, from: late.side)
    return joins(below: late, in: query) > 0 && rows >= Self.leastRows
      && query.totalRows(of: late.join) <= rows * Self.largestKeptShare
  }

  private func joins(below late: LateJoin, in query: DiagnosticCase) -> Int {
    query.plan.subtree(of: late.side).count { query.plan.nodes[$0].type.isJoin }
  }

  private func finding(
    _ late: LateJoin, _ tree: JoinTree, _ limits: JoinLimits, in query: DiagnosticCase
  ) -> Finding? {
    let impact = query.impact(ofWallTimeOf: [late.side])
    guard impact.share >= Self.leastShare else { return nil }
    let count = tree.leaves.count
    return Finding(
      rule: Self.name,
      title: "\(count) relations are joined, and the planner may reorder only \(limits.label)",
      blamedNodes: [late.side], impact: impact, observations: [observation(late, in: query)],
      measurements: [Measurement("relations joined", Double(count), source: "scans below the topmost join")],
      cause: limits.cause(of: count),
      remedies: remedies(limits.raised(to: count), impact: impact, in: query),
      noRemedy: query.engine.hasWorkMem
        ? nil
        : "\(query.engine.name) does not let these limits be set: write the join that keeps few rows first.",
      key: ProblemKey(Self.name, "\(tree.joins[0])"))
  }

  // MARK: Words

  private func observation(_ late: LateJoin, in query: DiagnosticCase) -> String {
    """
    \(query.label(of: late.join)) kept \(Words.counted(query.totalRows(of: late.join), "row")) of \
    \(Words.count(query.rowsInto(late.join, from: late.side))) that \
    \(joins(below: late, in: query) == 1 ? "another join" : "other joins") had made.
    """
  }

  private func remedies(_ settings: [SessionSetting], impact: Impact, in query: DiagnosticCase) -> [Remedy] {
    guard query.engine.settableSettings == nil else { return [] }
    return [
      Remedy(
        .set(settings), rationale: "The planner may then start with the join that leaves the fewest rows.",
        caveats: [
          "Planning takes longer, at worst several times as long with each further relation: prepare the statement where it runs often.",
          "Without the settings, write the JOINs in the better order: the planner keeps it.",
        ],
        expectation: impact.expectation(
          from: "the time of the joins below the late one in the captured plan; not tried"))
    ]
  }
}

/// Up to how many relations the planner looks for the best order.
struct JoinLimits {
  let joinCollapse: Int
  let fromCollapse: Int
  /// `nil` where the genetic optimizer is off.
  let genetic: Int?
  let areSeen: Bool

  init(_ query: DiagnosticCase) {
    func value(_ name: String, or standard: Int) -> Int {
      query.number(ofSetting: name).map { Int($0) } ?? standard
    }
    joinCollapse = value("join_collapse_limit", or: 8)
    fromCollapse = value("from_collapse_limit", or: 8)
    genetic = query.isOn("geqo") == false ? nil : value("geqo_threshold", or: 12)
    areSeen = query.setting("join_collapse_limit") != nil
  }

  private var collapse: Int { min(joinCollapse, fromCollapse) }

  /// Whether they kept the planner from comparing all orders of a tree.
  func bind(_ tree: JoinTree, in query: DiagnosticCase) -> Bool {
    let count = tree.leaves.count
    if let genetic, count >= genetic { return true }
    return count > collapse && !Self.listsAll(tree, in: query)
  }

  /// The statement names all of them in one FROM list: its items are put in order together, however many.
  private static func listsAll(_ tree: JoinTree, in query: DiagnosticCase) -> Bool {
    guard let statement = query.statement else { return false }
    let labels = Set(tree.leaves.compactMap { query.plan.nodes[$0].relation?.label })
    let isExplicit =
      statement.joins.contains { $0.predicate == nil }
      || statement.predicates.contains { if case .join = $0.place { true } else { false } }
    return !isExplicit && labels.isSubset(of: Set(statement.tables.filter { $0.block == 0 }.map(\.label)))
  }

  var label: String { "\(genetic.map { min($0 - 1, collapse) } ?? collapse)" }

  func cause(of count: Int) -> Cause {
    let isCollapsed = count > collapse
    let limit =
      isCollapsed
      ? "join_collapse_limit is \(joinCollapse) and from_collapse_limit \(fromCollapse): beyond them the order of the JOINs stays as written."
      : "geqo_threshold is \(genetic ?? count): from there on the planner looks at a random part of the orders."
    return Cause(
      [limit], basis: areSeen ? .supportedByCatalog : .inferredFromPlan,
      falsifier: "with the limits raised to \(count) the plan keeps its order",
      check: areSeen ? nil : "SHOW join_collapse_limit;")
  }

  /// The settings under which all orders of so many relations are compared; only those that change.
  func raised(to count: Int) -> [SessionSetting] {
    var settings: [SessionSetting] = []
    if joinCollapse < count { settings.append(SessionSetting("join_collapse_limit", "\(count)")) }
    if fromCollapse < count { settings.append(SessionSetting("from_collapse_limit", "\(count)")) }
    if let genetic, genetic <= count { settings.append(SessionSetting("geqo_threshold", "\(count + 1)")) }
    return settings
  }
}
