import Catalog
import PlanModel
import SQLNames
import Statements

/// Finds conditions that test an expression of a column where an index on the column could serve.
///
/// ## Why it matters
/// A B-tree is ordered by the column's own values. Arithmetic, a function or a cast around the column hides it: the
/// server computes the expression for every row although the index would lead to the wanted ones.
///
/// ## Formula
/// A scan that discards rows by a condition on an expression of one column, compared with something that does not
/// change from row to row. Impact is the scan's own time.
///
/// ## Thresholds
/// - waste over 50% (plan-math.md, "high"), as FullScanFilterWaste
/// - impact at least 5%: below that the finding would be LOW
/// - the table has at least 1,000 rows: a smaller one is a few pages
/// - at most 25% of the rows wanted, and by the planner's cost model the index saves at least 20% (experiments.md)
///
/// ## Silent when
/// An index on the expression exists, an index on other columns of the same filter leads to no more rows, or
/// neither the column is indexed nor anything can be advised. Where the column is bare in an index but its type is
/// the problem, TypeCoercionBypass speaks.
///
/// ## Remedies
/// The condition that holds for the same rows with the column bare, where one exists: no integer division, no
/// floating point, no months or days on `timestamptz`. Not tried: the statement is its author's to change. Where
/// the expression is immutable, an index on it, which needs no other statement; it does not exist yet and is not
/// tried either.
///
/// ## Known limits
/// Conditions on several columns, and on columns of several tables, are not solved. Inversions do not raise the
/// overflow error that the original would raise for values at the end of the type's range.
public struct ExpressionOnColumn: Rule {
  /// The name of this rule and of its page.
  public static let name: RuleName = "ExpressionOnColumn"
  /// Share of the planner's cost that the index must save (experiments.md).
  static let leastSaving = 0.2

  /// The rule has no settings.
  public init() {}

  /// Looks at every scan that discards most of what it reads.
  public func examine(_ query: DiagnosticCase) -> RuleOutcome {
    let scans = TestedScan.wasteful(in: query)
    guard query.plan.isAnalyzed || !scans.isEmpty else { return .notExamined(.notAnalyzed) }
    return .examined(scans.compactMap { finding(for: $0, in: query) })
  }

  private func finding(for scan: TestedScan, in query: DiagnosticCase) -> Finding? {
    let impact = query.impact(ofOwnTimeOf: scan.nodes)
    guard impact.share >= TestedScan.leastShare, scan.tableRows >= IndexAdvisor.leastTableRows,
      let wrapped = candidates(in: scan, query).first
    else { return nil }
    let remedies = remedies(wrapped, scan, impact, in: query)
    guard !remedies.isEmpty || !wrapped.indexes.isEmpty else { return nil }
    return Finding(
      rule: Self.name, title: title(wrapped, scan), blamedNodes: scan.nodes, impact: impact,
      observations: [scan.observation(in: query)], measurements: scan.measurements,
      cause: cause(wrapped, scan),
      remedies: remedies, noRemedy: remedies.isEmpty ? noRemedy(wrapped) : nil,
      explainedBy: wrapped.isWellKnown && wrapped.bare == nil ? fullScan(scan, in: query) : nil,
      key: ProblemKey(Self.name, "\(scan.table.label)(\(wrapped.column))"))
  }

  /// The finding of the rule that proposes an index on such an expression itself.
  private func fullScan(_ scan: TestedScan, in query: DiagnosticCase) -> ProblemKey? {
    FilteredScan(node: scan.nodes[0], in: query).map {
      ProblemKey(FullScanFilterWaste.name, $0.target.description)
    }
  }

  /// The hidden columns, that with the fewest rows first.
  private func candidates(in scan: TestedScan, _ query: DiagnosticCase) -> [WrappedColumn] {
    let found = scan.predicates.compactMap { WrappedColumn($0, of: scan, in: query) }
    return found.filter { wrapped in
      !TypeMismatch.explains(wrapped.predicate, of: scan, in: query) && isWorthwhile(wrapped, scan, query)
    }.sorted { wanted($0, scan) < wanted($1, scan) }
  }

  private func wanted(_ wrapped: WrappedColumn, _ scan: TestedScan) -> Double {
    max(scan.rows(for: wrapped.predicate) ?? scan.rowsReturned, scan.rowsReturned)
  }

  private func isWorthwhile(_ wrapped: WrappedColumn, _ scan: TestedScan, _ query: DiagnosticCase) -> Bool {
    let rows = wanted(wrapped, scan)
    guard scan.isFull else { return true }
    let correlation = scan.relation?.column(wrapped.column)?.distribution?.correlation ?? 0
    let saving = query.saving(of: scan, fetching: rows, correlation: correlation)
    return rows <= IndexAdvisor.largestWantedShare * scan.rowsRead && saving ?? 1 >= Self.leastSaving
      && !scan.hasBetterIndex(than: wrapped.predicate, in: query)
  }

  // MARK: Remedies

  private func remedies(
    _ wrapped: WrappedColumn, _ scan: TestedScan, _ impact: Impact, in query: DiagnosticCase
  ) -> [Remedy] {
    let build = wrapped.expression.flatMap { index(on: $0, wrapped, scan, impact, in: query) }
    guard wrapped.indexes.isEmpty else {
      return ([rewriting(wrapped, scan, impact)] + [build]).compactMap(\.self)
    }
    // Without an index on the column, one on the expression needs no other statement.
    if wrapped.isWellKnown { return [] }
    if let build { return [build] }
    guard scan.isFull, let rewriting = rewriting(wrapped, scan, impact),
      let index = index(
        on: IndexDemand.ColumnDemand(column: wrapped.column), wrapped, scan, impact, in: query)
    else { return [] }
    return [rewriting, index]
  }

  private func rewriting(_ wrapped: WrappedColumn, _ scan: TestedScan, _ impact: Impact) -> Remedy? {
    guard let bare = wrapped.bare else { return nil }
    let index = wrapped.indexes.first.map { "the index \($0.words)" } ?? "an index on the column"
    return StatementAdvice.remedy(
      "Write \(bare) instead of \(wrapped.words(of: scan))",
      rationale: "It holds for the same rows, with the column bare, so that \(index) serves.", impact: impact,
      replacing: "the scan's own time")
  }

  private func index(
    on expression: ImmutableExpression, _ wrapped: WrappedColumn, _ scan: TestedScan, _ impact: Impact,
    in query: DiagnosticCase
  ) -> Remedy? {
    let demand = IndexDemand.ColumnDemand(
      column: expression.text, selectivity: nil, expressionColumn: expression.column)
    return index(on: demand, wrapped, scan, impact, in: query)
  }

  private func index(
    on column: IndexDemand.ColumnDemand, _ wrapped: WrappedColumn, _ scan: TestedScan, _ impact: Impact,
    in query: DiagnosticCase
  ) -> Remedy? {
    let rows = max(scan.tableRows, scan.rowsRead, 1)
    var demand = IndexDemand()
    demand.equalities = [column] + tests(beside: wrapped, of: scan, in: query)
    demand.equalities[0].selectivity = wanted(wrapped, scan) / rows
    demand.hasOtherPredicates = true
    let share = scan.rowsReturned / rows
    let advisor = query.advisor(for: scan)
    guard case .propose(let proposal, let benefit) = advisor.advice(for: demand, selectivity: share) else {
      return nil
    }
    let isAlternative = wrapped.bare != nil && !wrapped.indexes.isEmpty
    let way = column.expressionColumn == nil ? "The index leads" : "An index on the expression itself leads"
    let rationale =
      "\(way) to the wanted rows\(isAlternative ? " where the statement cannot be changed" : "")."
    return IndexRemedy(proposal: proposal, benefit: benefit, relation: advisor.relation)
      .remedy(impact: impact, rationale: rationale)
  }

  /// Other columns that the scan fixes to one value.
  private func tests(
    beside wrapped: WrappedColumn, of scan: TestedScan, in query: DiagnosticCase
  ) -> [IndexDemand.ColumnDemand] {
    let bounds = query.plan.subtree(of: scan.nodes[0]).flatMap {
      query.conditions.predicates(.indexCond, of: $0)
    }
    let tests = (scan.predicates + bounds).map {
      ScanPredicate($0, label: scan.label, relation: scan.relation)
    }
    return IndexDemand(tests, relation: scan.relation).equalities.filter {
      $0.column != wrapped.column && $0.expressionColumn == nil
    }
  }

  // MARK: Words

  private func title(_ wrapped: WrappedColumn, _ scan: TestedScan) -> String {
    "\(scan.table.quoted) is searched by an expression of \(SQLIdentifier(wrapped.column).quoted)"
  }

  private func cause(_ wrapped: WrappedColumn, _ scan: TestedScan) -> Cause {
    let test = "The filter tests \(wrapped.words(of: scan)), an expression of the column"
    let column = SQLIdentifier(wrapped.column).quoted
    guard let indexes = scan.relation?.indexes else {
      return Cause(
        ["\(test): no index on \(column) itself can serve it. Which indexes there are was not seen."],
        basis: .unverified, falsifier: "an index on the expression exists and the planner passed it over",
        check: CheckQueries.indexes(of: scan.table).text)
    }
    guard let index = wrapped.indexes.first else {
      return Cause(
        [
          "\(test). \(indexes.isEmpty ? "The table has no index" : "Its indexes are \(Words.list(indexes.prefix(6).map(\.words)))"): none holds the expression."
        ],
        basis: .supportedByCatalog, falsifier: "after building the index the plan still shows the scan")
    }
    return Cause(
      [
        "\(test). The index \(index.words) is in the order of \(column), not of the expression, so it cannot lead to the rows."
      ],
      basis: .supportedByCatalog,
      falsifier: "with the column bare on one side of the comparison the plan still shows the scan")
  }

  private func noRemedy(_ wrapped: WrappedColumn) -> String {
    let inversion = "No condition on the bare column is known to hold for exactly the same rows"
    return wrapped.expression == nil
      ? "\(inversion), and an index cannot hold the expression: its value may depend on the session, or the engine takes none."
      : "\(inversion), and by the planner's cost model an index on the expression would not be used."
  }
}
