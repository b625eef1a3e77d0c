import Catalog
import PlanModel
import SQLNames

/// Finds tables for which a condition on another table would hold as well, and would lead to an index or a
/// partition.
///
/// ## Why it matters
/// Two tables that are joined on a key often carry a second column in common: a region, a day, a depot. The
/// statement filters one of them; of the other, an index that begins with that column, or partitions by it,
/// cannot be used, because nothing says that both agree.
///
/// ## Formula
/// Tables A and B are joined on another column; the plan bounds A.c by values of the statement and leaves B.c
/// free; both have the same name and type; an index of B begins with c, or B is partitioned by it. Impact is the
/// wall time of B's scan.
///
/// ## Thresholds
/// - 1,000 rows in B: fewer are a few pages
/// - where the numbers of different values are known, they differ by at most 2x (plan-math.md, "n_distinct"):
///   else the columns have only their name in common
/// - impact at least 5%: from there on a finding is MODERATE (report.md, "Severity")
///
/// ## Silent when
/// The condition follows from the join, so that the planner has drawn it already; c alone is a key of either
/// table; B's scan uses the leading column of its index; or c is a tenant column (TenantScopeMissing).
///
/// ## Remedies
/// The condition for the other table, in words, as a business rule to be confirmed: the check counts joined
/// rows that break it.
///
/// ## Known limits
/// Whether the rule holds for the present rows is not counted, and no plan with the condition is tried.
public struct RedundantPredicate: Rule {
  /// The name of this rule and of its page.
  public static let name: RuleName = "RedundantPredicate"
  /// Rows that the other table must have.
  static let leastRows = 1_000.0
  /// Share of the execution that must be at stake.
  static let leastShare = 0.05
  /// By so much may the numbers of different values differ.
  static let largestDistinctRatio = 2.0

  /// The rule has no settings.
  public init() {}

  /// Looks at every pair of joined tables.
  public func examine(_ query: DiagnosticCase) -> RuleOutcome {
    guard query.plan.isAnalyzed else { return .notExamined(.notAnalyzed) }
    let links = ColumnLinks(query)
    let carriers = TenantScope.carriers(in: query)
    let tenants = Set(TenantScope.all(in: query, links).map(\.column))
    let candidates = carriers.flatMap { carrier in
      carriers.compactMap { RedundantColumn(carrier, filteredLike: $0, links, in: query) }
    }.filter { !tenants.contains($0.column) }
    let groups = candidates.grouped { "\($0.free.relation.indexTarget.label).\($0.column)" }
    return .examined(groups.compactMap { finding($0, in: query) })
  }

  private func finding(_ candidates: [RedundantColumn], in query: DiagnosticCase) -> Finding? {
    guard let first = candidates.first else { return nil }
    let scans = candidates.map(\.free.scan).uniqued()
    let impact = query.impact(ofWallTimeOf: scans)
    guard impact.share >= Self.leastShare else { return nil }
    let (column, table) = (SQLIdentifier(first.column).quoted, first.free.relation.indexTarget.quoted)
    return Finding(
      rule: Self.name,
      title: "\(first.filtered.relation.indexTarget.quoted) is filtered by \(column), \(table) is not",
      blamedNodes: scans, impact: impact,
      observations: [
        "Both tables have \(column) of one type, and are joined on \(first.joinedColumns); \(first.access) cannot be used for \(query.label(of: first.free.scan))."
      ],
      measurements: [
        Measurement(
          "rows of the table", first.free.relation.bestRowCount ?? 0, source: "count(*) or pg_class.reltuples"
        )
      ],
      cause: Cause(
        [
          "It is not verified that joined rows agree in \(column): if they do, that is a business rule which the statement may use."
        ],
        basis: .unverified, falsifier: "joined rows differ in \(column)", check: first.check),
      remedies: [remedy(first, impact: impact)], key: ProblemKey(Self.name, "\(table).\(column)"))
  }

  private func remedy(_ candidate: RedundantColumn, impact: Impact) -> Remedy {
    let column = SQLIdentifier(candidate.column).quoted
    let (own, other) = (
      SQLIdentifier(candidate.free.label).quoted, SQLIdentifier(candidate.filtered.label).quoted
    )
    let sentence =
      candidate.isFixed
      ? "Add \(own).\(column) = \(other).\(column) to the statement, once it is confirmed that joined rows always agree in \(column)."
      : "Repeat the condition on \(other).\(column) for \(own).\(column), once it is confirmed that joined rows always agree in \(column)."
    return Remedy(
      .changeStatement(sentence), rationale: "\(Words.capitalized(candidate.access)) can then be used.",
      caveats: [
        "Where the rule is broken, by one row or later, rows are missing from the result: a constraint should keep it."
      ],
      expectation: impact.expectation(from: "the time of the scan in the captured plan; not tried"))
  }
}

/// A column of one table that may be bound to the values of the same column of another.
struct RedundantColumn {
  /// The table whose column nothing bounds.
  let free: TenantScope.Carrier
  /// The table whose column the statement bounds.
  let filtered: TenantScope.Carrier
  let column: String
  /// Whether by equality.
  let isFixed: Bool
  /// What could then be used: `the index …`, `the partitioning …`.
  let access: String
  private let joined: JoinedRows

  init?(
    _ free: TenantScope.Carrier, filteredLike filtered: TenantScope.Carrier, _ links: ColumnLinks,
    in query: DiagnosticCase
  ) {
    let joined = JoinedRows(free, filtered, links)
    guard free.label != filtered.label, free.relation.name != filtered.relation.name, !joined.keys.isEmpty,
      (free.relation.bestRowCount ?? 0) >= RedundantPredicate.leastRows
    else { return nil }
    let tied = Set(links.bounded.filter { $0.label == free.label }.map(\.column)).union(
      links.tied(free.label))
    let columns = links.bounded.filter { $0.label == filtered.label }.map(\.column).sorted()
    for column in columns
    where !tied.contains(column) && Self.mayAgree(column, free.relation, filtered.relation) {
      guard let access = Self.access(by: column, free, in: query) else { continue }
      self.free = free
      self.filtered = filtered
      self.column = column
      self.isFixed = links.fixed.contains(.init(label: filtered.label, column: column))
      self.access = access
      self.joined = joined
      return
    }
    return nil
  }

  /// One name, one type, no key of its own, and about as many different values.
  private static func mayAgree(_ column: String, _ a: RelationEvidence, _ b: RelationEvidence) -> Bool {
    guard let first = a.column(column), let second = b.column(column), first.type == second.type else {
      return false
    }
    let isKey = [a, b].contains { relation in
      (relation.indexes ?? []).contains { $0.isUnique && $0.keys.count == 1 && $0.leadingColumns == [column] }
    }
    guard !isKey, let few = distinct(first, a), let many = distinct(second, b), few > 0, many > 0 else {
      return !isKey
    }
    // A partition has but a part of the values.
    let isPart = a.statistics.kind == .partition
    return max(few / many, isPart ? 1 : many / few) <= RedundantPredicate.largestDistinctRatio
  }

  private static func distinct(_ column: ColumnStatistics, _ relation: RelationEvidence) -> Double? {
    guard let value = column.distribution?.nDistinct else { return nil }
    return value < 0 ? relation.bestRowCount.map { -value * $0 } : value
  }

  /// What begins with the column and is not used so far.
  private static func access(by column: String, _ free: TenantScope.Carrier, in query: DiagnosticCase)
    -> String?
  {
    let statistics = free.relation.statistics
    if let key = statistics.partitionKey, key.contains("(\(SQLIdentifier(column).quoted))") {
      return "the partitioning by \(SQLIdentifier(column).quoted)"
    }
    let indexes = free.relation.indexes ?? []
    let used = query.plan.subtree(of: free.scan).compactMap { query.plan.nodes[$0].indexName }
    let conditions = query.plan.subtree(of: free.scan).flatMap {
      query.conditions.predicates(.indexCond, of: $0)
    }
    let tested = Set(conditions.flatMap(\.allColumns).map(\.name))
    let isServed = indexes.contains { index in
      used.contains(index.name) && index.leadingColumns.first.map(tested.contains) ?? false
    }
    let fitting = indexes.first { $0.isValid && $0.predicate == nil && $0.leadingColumns.first == column }
    return isServed ? nil : fitting.map { "the index \(SQLIdentifier($0.name).quoted)" }
  }

  var joinedColumns: String { Words.list(joined.keys.map { SQLIdentifier($0.own).quoted }.uniqued()) }

  var check: String? { joined.count(differingIn: column)?.text }
}
