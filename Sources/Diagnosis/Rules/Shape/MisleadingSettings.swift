import Catalog
import PlanModel

/// Finds planner settings that forbid a strategy, or price it out of every plan.
///
/// ## Why it matters
/// `enable_nestloop = off`, set once for one bad query by ALTER ROLE or ALTER DATABASE, is forgotten there and rules
/// over every later one. So is a `random_page_cost` of a disk that is long gone: the index is there, and the planner
/// takes it for dearer than the whole table.
///
/// ## Formula
/// The settings that differ from PostgreSQL's defaults in this way. Impact is the whole execution until their
/// experiment has measured what the defaults save.
///
/// ## Thresholds
/// - a strategy that is on by default is off
/// - a page or a row costs at least four times what it does by default beside `seq_page_cost`, or a quarter of it:
///   `random_page_cost` between 1 and 16 is a choice for a kind of disk
/// - the execution takes at least 10 ms: below that there is little to win
///
/// ## Silent when
/// The experiment with the defaults is no faster: the settings do this query no harm. Settings that plandx makes
/// itself, so that a rewritten statement is planned like the original, are none of the server's.
///
/// ## Remedies
/// The defaults, for the session, tried by an experiment where experiments run. Where they come from, the session
/// context of the report says: ALTER ROLE, ALTER DATABASE or the configuration file is where to take them back.
///
/// ## Known limits
/// Without an experiment nothing shows that the settings harm this query: the cause is not verified.
public struct MisleadingSettings: Rule {
  /// The name of this rule and of its page.
  public static let name: RuleName = "MisleadingSettings"
  /// Milliseconds that the execution must take.
  static let leastExecution = 10.0
  /// How far a cost must be from its default.
  static let leastFactor = 4.0

  /// PostgreSQL's defaults, `seq_page_cost` being 1.
  private static let standardCosts: [(name: String, value: Double)] = [
    ("random_page_cost", 4), ("cpu_tuple_cost", 0.01), ("cpu_index_tuple_cost", 0.005),
    ("cpu_operator_cost", 0.0025),
  ]
  private static let strategies = [
    "enable_async_append", "enable_bitmapscan", "enable_gathermerge", "enable_hashagg", "enable_hashjoin",
    "enable_incremental_sort", "enable_indexonlyscan", "enable_indexscan", "enable_material",
    "enable_memoize",
    "enable_mergejoin", "enable_nestloop", "enable_parallel_append", "enable_parallel_hash",
    "enable_partition_pruning", "enable_seqscan", "enable_sort", "enable_tidscan",
  ]

  /// The rule has no settings.
  public init() {}

  /// Looks at the planner's settings.
  public func examine(_ query: DiagnosticCase) -> RuleOutcome {
    guard query.plan.isAnalyzed else { return .notExamined(.notAnalyzed) }
    let changes = forbidden(in: query) + priced(in: query)
    guard !changes.isEmpty, query.engine.settableSettings == nil,
      query.timings.totalTime ?? 0 >= Self.leastExecution
    else { return .examined([]) }
    return .examined([finding(changes, in: query)])
  }

  /// A setting as it is, and its default.
  private struct Change {
    var name: String
    var value: String
    var standard: String
  }

  private func forbidden(in query: DiagnosticCase) -> [Change] {
    Self.strategies.filter { query.isOn($0) == false && !query.imposedSettings.contains($0) }
      .map { Change(name: $0, value: "off", standard: "on") }
  }

  private func priced(in query: DiagnosticCase) -> [Change] {
    let page = max(query.number(ofSetting: "seq_page_cost") ?? 1, 1e-9)
    return Self.standardCosts.compactMap { cost in
      guard let text = query.setting(cost.name), let value = Double(text) else { return nil }
      let standard = cost.value * page
      let factor = max(value / standard, standard / max(value, 1e-9))
      // On a disk without heads, or in memory, a random page costs what any other does.
      let isPlausible = cost.name == "random_page_cost" && value >= page && value <= standard
      return factor < Self.leastFactor || isPlausible
        ? nil : Change(name: cost.name, value: text, standard: "\(standard)")
    }
  }

  // MARK: The finding

  private func finding(_ changes: [Change], in query: DiagnosticCase) -> Finding {
    let names = Words.list(changes.map { "\($0.name) = \($0.value)" })
    let impact = query.impact(ofWallTimeOf: [0])
    let defaults = changes.map { SessionSetting($0.name, $0.standard) }
    return Finding(
      rule: Self.name, title: "The planner is bound by \(names)", blamedNodes: [0], impact: impact,
      observations: changes.map { "\($0.name) is \($0.value); PostgreSQL's default is \($0.standard)." },
      cause: Cause(
        [
          "A strategy that is switched off, or whose cost is far from what it is beside a sequential page, is not chosen although the tables and indexes may ask for it."
        ],
        basis: .unverified, falsifier: "with the defaults the query takes as long",
        check: defaults.map { "SET \($0.name) = \($0.value);" }.joined(separator: "\n")
          + "\nEXPLAIN (ANALYZE) …"),
      remedies: [
        Remedy(
          .set(defaults),
          rationale: "With PostgreSQL's defaults the planner may choose among all strategies.",
          caveats: [
            "Somebody set them for a reason: look for it in ALTER ROLE, ALTER DATABASE and postgresql.conf before they are taken back there."
          ],
          expectation: impact.milliseconds.map {
            .computed(upTo: $0, from: "the whole captured execution; not tried: no experiment ran")
          } ?? .unknown(direction: "faster", missing: "an experiment with the defaults"))
      ], key: ProblemKey(Self.name, changes.map(\.name).joined(separator: ",")))
  }
}
