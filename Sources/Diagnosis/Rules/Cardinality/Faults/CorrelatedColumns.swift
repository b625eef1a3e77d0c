import Catalog
import SQLNames
import Statements

/// Conditions on columns that have to do with each other, which the planner multiplies as if they had not; or
/// columns whose values come in fewer combinations than it expects of a grouping.
///
/// Arithmetic (plan-math.md, "Predicate correlation"): joint count / (Π selectivities × table rows).
struct CorrelatedColumns {
  /// From this ratio on, either way, independence is refuted (plan-math.md: over 3x).
  static let leastRatio = 3.0
  /// Combinations that a list of the usual length holds for certain (`default_statistics_target`).
  static let usualTarget = 100.0

  /// What the planner does with the columns.
  enum Use { case conditions([Condition]), groups(expected: Double, counted: Double) }

  struct Condition {
    var text: String
    var column: String?
    /// Without the label of the table, where it is no plain column.
    var expression: String?
    var isEquality: Bool
    var counted: Double
  }

  let table: QualifiedName
  let rows: Double
  let use: Use
  /// The columns, in the order of the conditions.
  let columns: [String]
  /// Expressions that stand in the place of columns.
  let expressions: [String]
  /// The counted share for all conditions together.
  let joint: Double
  /// Combinations of the columns' values, where they were counted.
  let combinations: Double?
  /// Extended statistics on these columns that there are.
  let existing: ExtendedStatistics?

  /// `nil` where the counts are missing, or the conditions are independent enough.
  init?(_ scan: ScanDiagnosis) {
    guard let rows = scan.relation.rowCount?.value, rows > 0,
      let conditions = Self.conditions(scan), conditions.count > 1
    else { return nil }
    joint = max(conditions.joint, 0.5 / rows)
    let product = conditions.list.map(\.counted).reduce(1, *)
    guard product > 0, max(joint / product, product / joint) > Self.leastRatio else { return nil }
    table = scan.relation.name
    self.rows = rows
    use = .conditions(conditions.list)
    columns = Self.unique(conditions.list.compactMap(\.column))
    expressions = Self.unique(conditions.list.compactMap(\.expression))
    combinations = scan.relation.distinctCount(of: columns)?.value
    existing = Self.existing(columns, in: scan.relation) {
      !$0.dependencies.isEmpty || $0.hasCommonCombinations
    }
  }

  /// Columns by which rows are grouped.
  init(
    groupedBy columns: [String], expected: Double, counted: Double, of relation: RelationEvidence,
    rows: Double
  ) {
    table = relation.name
    self.rows = rows
    use = .groups(expected: expected, counted: counted)
    self.columns = columns
    expressions = []
    joint = 1
    combinations = counted
    existing = Self.existing(columns, in: relation) { !$0.distinct.isEmpty }
  }

  private static func unique(_ names: [String]) -> [String] {
    var seen: Set<String> = []
    return names.filter { seen.insert($0).inserted }
  }

  private static func existing(
    _ columns: [String], in relation: RelationEvidence, serving serves: (ExtendedStatistics) -> Bool
  ) -> ExtendedStatistics? {
    relation.extendedStatistics?.first {
      $0.columns.isSuperset(of: columns) && columns.count > 1 && serves($0)
    }
  }

  // MARK: Conditions

  private struct Conditions {
    var list: [Condition]
    var joint: Double
    var count: Int { list.count }
  }

  /// The conditions with their counts: bounds of one column are one condition.
  private static func conditions(_ scan: ScanDiagnosis) -> Conditions? {
    let predicates = scan.query.scanConditions(of: scan.misestimate.node)
    let groups = predicates.grouped { $0.isBareColumn ? $0.column?.name ?? "" : $0.text?.text ?? "" }
    let list = groups.compactMap { Condition($0, scan) }
    guard list.count == groups.count,
      let joint = scan.relation.selectivity(of: predicates.compactMap { $0.text?.text })
        ?? scan.measured.share
    else { return nil }
    return Conditions(list: list, joint: joint)
  }

  private var independent: Double {
    if case .conditions(let list) = use { list.map(\.counted).reduce(1, *) } else { 1 }
  }

  /// The planner's estimate is the product of the counted shares, within a factor of two: then its statistics
  /// are right, and independence alone is what misled it.
  func explains(_ planRows: Double) -> Bool {
    let ratio = max(independent * rows, 1) / max(planRows, 1)
    return max(ratio, 1 / ratio) <= 2
  }

  private var ratio: Double {
    switch use {
    case .conditions: max(joint / independent, independent / joint)
    case .groups(let expected, let counted): max(expected / counted, counted / expected)
    }
  }
}

extension CorrelatedColumns.Condition {
  fileprivate init?(_ predicates: [ColumnPredicate], _ scan: ScanDiagnosis) {
    let texts = predicates.compactMap { $0.text?.text }
    guard let first = predicates.first, let counted = scan.relation.selectivity(of: texts) else { return nil }
    text = texts.joined(separator: " AND ")
    column = first.isBareColumn ? first.column?.name : nil
    expression = column == nil ? TestedExpression.text(of: first, label: scan.label) : nil
    isEquality = predicates.count == 1 && first.isEqualityTest
    self.counted = counted
  }
}

extension ColumnPredicate {
  /// What functional dependencies apply to: one value, or a list of them, or a flag.
  var isEqualityTest: Bool {
    switch comparison {
    case .equal, .in, .any("="), .isTrue, .isFalse: true
    default: false
    }
  }
}

// MARK: The fault

extension CorrelatedColumns: EstimateFault {
  static let rule = CorrelatedPredicates.name

  var subject: String { "\(table.label)(\((columns + expressions).sorted().joined(separator: ",")))" }

  private var names: String { Words.list(columns.map { SQLIdentifier($0).quoted } + expressions) }

  func title(_ error: String) -> String {
    switch use {
    case .conditions:
      "\(names) of \(table.quoted) are correlated, and the planner multiplies their selectivities: off by \(error)"
    case .groups:
      "The values of \(names) of \(table.quoted) come in other combinations than the planner reckons with: off by \(error)"
    }
  }

  var observations: [String] {
    switch use {
    case .conditions(let list): [conditionSentence(list)]
    case .groups(let expected, let counted):
      [
        """
        The planner reckons with \(Words.count(expected)) combinations of \(names); there are \
        \(Words.count(counted)). It has each column's number of distinct values, not that of their combinations.
        """
      ]
    }
  }

  private func conditionSentence(_ list: [Condition]) -> String {
    """
    The planner multiplies the predicates' selectivities as if they were independent: \
    \(list.map { Words.percent($0.counted) }.joined(separator: " × ")) of \(Words.count(rows)) rows = \
    \(Words.counted(independent * rows, "row")). Counted together they hold for \
    \(Words.counted((joint * rows).rounded(), "row")): the columns are correlated (\(Words.ratio(ratio))).
    """
  }

  var measurements: [Measurement] {
    switch use {
    case .conditions(let list):
      list.map { Measurement("share of \($0.text)", $0.counted, source: "count(*) FILTER (WHERE …)") }
        + [Measurement("share of all together", joint, source: "count(*) FILTER (WHERE … AND …)")]
    case .groups(let expected, let counted):
      [
        Measurement("expected combinations", expected, source: "pg_stats.n_distinct"),
        Measurement("combinations", counted, source: "count of distinct combinations"),
      ]
    }
  }

  func falsifier(_ node: String) -> String {
    switch use {
    case .conditions: "the planner's estimate of \(node) differs from the product of the single selectivities"
    case .groups: "with statistics of the combinations the estimate of \(node) is still off by 5x or more"
    }
  }

  // MARK: Remedy

  /// What would tell the planner, and with how long a list; `nil` where nothing does.
  var proposal: StatisticsProposal? {
    guard columns.count + expressions.count > 1, existing == nil else { return nil }
    guard case .conditions(let list) = use else {
      return StatisticsProposal(table: table, columns: columns, kinds: [.ndistinct])
    }
    if reachesList(Self.usualTarget) {
      return StatisticsProposal(table: table, columns: columns, kinds: [.mcv], expressions: expressions)
    }
    let isUnder = joint > independent
    if isUnder, list.allSatisfy(\.isEquality), determined(list) {
      return StatisticsProposal(
        table: table, columns: columns, kinds: [.dependencies], expressions: expressions)
    }
    guard let target = [200.0, 500, 1_000, 2_000, 5_000, 10_000].first(where: reachesList) else { return nil }
    return StatisticsProposal(
      table: table, columns: columns, kinds: [.mcv], expressions: expressions, target: Int(target))
  }

  /// One condition follows from the others: all together hold for about as many rows as the rarest alone.
  private func determined(_ list: [Condition]) -> Bool {
    joint * 2 >= list.map(\.counted).min() ?? 1
  }

  /// A list of so many combinations holds those that the conditions ask for: all that there are, or for
  /// equalities all that are as frequent as this one.
  private func reachesList(_ length: Double) -> Bool {
    if let combinations, combinations <= length { return true }
    guard case .conditions(let list) = use, list.allSatisfy(\.isEquality), joint > independent else {
      return false
    }
    return joint * length >= 1
  }

  func remedies(for engine: EngineProfile, _ expectation: ExpectedImpact) -> [Remedy] {
    guard engine.hasTableMaintenance, let proposal else { return [] }
    return [
      Remedy(
        .createStatistics(proposal), rationale: rationale(proposal),
        caveats: [
          "ANALYZE then looks at these columns together, which takes a little longer.",
          "Extended statistics serve conditions and groups of one table; joins are estimated without them.",
        ], expectation: expectation)
    ]
  }

  private func rationale(_ proposal: StatisticsProposal) -> String {
    switch proposal.kinds.first {
    case .dependencies:
      "One of the columns determines the other: `dependencies` lets the planner count the condition that follows only once. It applies to equalities alone."
    case .mcv:
      "`mcv` keeps the frequencies of the most common combinations, for equalities and for ranges."
    default:
      "`ndistinct` counts the combinations of the columns, by which groups are estimated."
    }
  }

  func noRemedy(for engine: EngineProfile) -> String? {
    guard engine.hasTableMaintenance else {
      return "No statement is advised: \(engine.name) has no statistics over several columns."
    }
    if let existing {
      return """
        No further statistics are advised: \(existing.name) covers \(names) already. ANALYZE may be missing, or its \
        kinds do not serve these conditions.
        """
    }
    guard proposal == nil else { return nil }
    return """
      No statistics are advised: `dependencies` serve equalities alone, and the combinations that these \
      conditions ask for are too many for an `mcv` list. A condition on one expression, or a column that holds \
      what the conditions mean together, can be estimated.
      """
  }
}
