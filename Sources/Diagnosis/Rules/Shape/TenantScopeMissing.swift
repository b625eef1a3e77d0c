import Catalog
import PlanModel
import SQLNames
import Statements

/// Finds tables of a multi-tenant schema that a statement holds to no tenant, though it does so for others.
///
/// ## Why it matters
/// First for the result: where ids are unique only within a tenant, rows of other tenants come along. Then for
/// the time: indexes that begin with the tenant cannot be used.
///
/// ## Formula
/// The tenant column is one that most tables of the plan carry, under one name and type, and with which most
/// of their unique keys of several columns begin. A table is held to a tenant by an equality of that column
/// with a constant, or with the column of a table that is. Impact is the wall time of the scans of the tables
/// that are not.
///
/// ## Thresholds
/// More than half of the tables, and of the keys (rules.md: "most"). No least impact: the first question is
/// whether the result is right.
///
/// ## Silent when
/// No table is held to a tenant, all are, or the table is looked up by a unique key without the tenant.
///
/// ## Remedies
/// The missing condition, in words, to be confirmed: the result may change.
///
/// ## Known limits
/// A tenant column of another name in each table is not recognised.
public struct TenantScopeMissing: Rule {
  /// The name of this rule and of its page.
  public static let name: RuleName = "TenantScopeMissing"

  /// The rule has no settings.
  public init() {}

  /// Looks at every table of the plan.
  public func examine(_ query: DiagnosticCase) -> RuleOutcome {
    guard query.plan.isAnalyzed else { return .notExamined(.notAnalyzed) }
    let links = ColumnLinks(query)
    return .examined(
      TenantScope.all(in: query, links).flatMap { scope in
        scope.unscoped.grouped(by: \.relation.indexTarget).compactMap { finding($0, scope, links, in: query) }
      })
  }

  private func finding(
    _ carriers: [TenantScope.Carrier], _ scope: TenantScope, _ links: ColumnLinks, in query: DiagnosticCase
  ) -> Finding? {
    guard let first = carriers.first, let anchor = anchor(of: first, scope, links) else { return nil }
    let scans = carriers.map(\.scan)
    let table = first.relation.indexTarget
    let impact = query.impact(ofWallTimeOf: scans)
    return Finding(
      rule: Self.name,
      title: "\(table.quoted) is not held to one \(SQLIdentifier(scope.column).quoted), other tables are",
      blamedNodes: scans, impact: impact, observations: [observation(scope, table)],
      measurements: [
        Measurement("tables held to it", Double(scope.scoped.count), source: "conditions of the plan")
      ],
      cause: cause(first, anchor, scope, links),
      remedies: [remedy(first, anchor, scope, impact: impact)], key: ProblemKey(Self.name, table.label))
  }

  /// The table by which this one should be held: one that it is joined to, if any.
  private func anchor(
    of carrier: TenantScope.Carrier, _ scope: TenantScope, _ links: ColumnLinks
  ) -> TenantScope.Carrier? {
    let partners = links.partners(of: carrier.label)
    return scope.scoped.first { partners.contains($0.label) } ?? scope.scoped.first
  }

  // MARK: Words

  private func observation(_ scope: TenantScope, _ table: QualifiedName) -> String {
    let held = Words.list(scope.scoped.map { $0.relation.indexTarget.quoted }.uniqued())
    return """
      The plan fixes \(SQLIdentifier(scope.column).quoted) of \(held), but not that of \(table.quoted), \
      which has the column too.
      """
  }

  private func cause(
    _ carrier: TenantScope.Carrier, _ anchor: TenantScope.Carrier, _ scope: TenantScope, _ links: ColumnLinks
  ) -> Cause {
    let column = SQLIdentifier(scope.column)
    return Cause(
      [
        "Most keys of these tables begin with \(column.quoted), and no condition gives it for \(carrier.relation.indexTarget.quoted)."
      ],
      basis: .supportedByCatalog, falsifier: "rows of several values of \(column.quoted) are wanted together",
      check: JoinedRows(carrier, anchor, links).count(differingIn: scope.column)?.text)
  }

  private func remedy(
    _ carrier: TenantScope.Carrier, _ anchor: TenantScope.Carrier, _ scope: TenantScope, impact: Impact
  ) -> Remedy {
    let column = SQLIdentifier(scope.column).quoted
    let (own, other) = (SQLIdentifier(carrier.label).quoted, SQLIdentifier(anchor.label).quoted)
    return Remedy(
      .changeStatement(
        "Add \(own).\(column) = \(other).\(column) to the statement, if no other rows are wanted."),
      rationale:
        "Rows of other tenants cannot come along, and indexes that begin with \(column) can be used.",
      caveats: ["The result changes where rows of other tenants are in it now: look at them first."],
      expectation: impact.expectation(from: "the time of the scan in the captured plan; not tried"))
  }
}

/// Two tables as a plan joins them, for statements that check what is true of their rows.
struct JoinedRows {
  let first: TenantScope.Carrier
  let second: TenantScope.Carrier
  let keys: [(own: String, other: String)]

  init(_ first: TenantScope.Carrier, _ second: TenantScope.Carrier, _ links: ColumnLinks) {
    self.first = first
    self.second = second
    self.keys = links.pairs(of: first.label, with: second.label)
  }

  /// Counts joined rows whose columns of that name differ; `nil` where nothing joins the tables.
  func count(differingIn column: String) -> SafeSQL? {
    guard !keys.isEmpty else { return nil }
    let conditions = keys.map { key -> SafeSQL in
      "a.\(SQLIdentifier(key.own)) = b.\(SQLIdentifier(key.other))"
    }
    let name = SQLIdentifier(column)
    return """
      SELECT count(*) FROM \(first.relation.name) AS a JOIN \(second.relation.name) AS b \
      ON \(conditions.uniqued().joined(separator: " AND ")) WHERE a.\(name) IS DISTINCT FROM b.\(name);
      """
  }
}
