import Catalog
import PlanModel
import SQLNames
import Statements

/// Finds indexes that are passed over because the column has another type than what it is compared with.
///
/// ## Why it matters
/// A B-tree compares by operators between certain types. Where none exists for the pair, the server converts the
/// column, row by row, and the index on the column itself cannot be used, however selective the condition is.
///
/// ## Formula
/// All four: a valid index leads with the column; the table is read in full; the plan shows the column, not the
/// constant, inside a cast; and no operator in pg_amop compares the two types. Impact is the scan's own time; in a
/// join that of all that lookups would save, as UnindexedInner has it.
///
/// ## Thresholds
/// - waste over 50% (plan-math.md, "high"), impact at least 5%, 1,000 rows, as FullScanFilterWaste
/// - at most 25% of the rows wanted, or joined; by the planner's cost model the index saves at least 20%
///
/// ## Silent when
/// The types are compared by one operator family (`integer` with `bigint`, `date` with `timestamp`), the cast is
/// around the constant, or no index leads with the column.
///
/// ## Remedies
/// The other side converted or bound with the column's own type; where that is equal only under a condition, the
/// condition is said. Beside it an index on the converted column, for statements that cannot be changed. Never
/// another column type. Not tried: the statement is its author's to change, the index does not exist yet.
///
/// ## Known limits
/// Casts in both sides of a join, and in lists of values, are found but not rewritten.
public struct TypeCoercionBypass: Rule {
  /// The name of this rule and of its page.
  public static let name: RuleName = "TypeCoercionBypass"

  /// The rule has no settings.
  public init() {}

  /// Looks at every full scan, by its own filter and by the join that it feeds.
  public func examine(_ query: DiagnosticCase) -> RuleOutcome {
    let scans = TestedScan.wasteful(in: query).filter(\.isFull)
    guard query.plan.isAnalyzed || !scans.isEmpty else { return .notExamined(.notAnalyzed) }
    let joins = query.plan.nodes.indices.compactMap { MismatchedJoin(scan: $0, in: query) }
    return .examined(
      scans.compactMap { finding(for: $0, in: query) } + joins.compactMap { finding(for: $0, in: query) })
  }

  // MARK: Filters

  private func finding(for scan: TestedScan, in query: DiagnosticCase) -> Finding? {
    let impact = query.impact(ofOwnTimeOf: scan.nodes)
    guard impact.share >= TestedScan.leastShare, scan.tableRows >= IndexAdvisor.leastTableRows,
      let (predicate, mismatch) = mismatch(of: scan, in: query)
    else { return nil }
    let remedies = remedies(predicate, mismatch, scan, impact, in: query)
    return Finding(
      rule: Self.name, title: title(scan.table, mismatch), blamedNodes: scan.nodes, impact: impact,
      observations: [scan.observation(in: query)], measurements: scan.measurements,
      cause: cause(predicate.text?.text ?? "", mismatch, in: query), remedies: remedies,
      noRemedy: remedies.isEmpty ? Self.noRemedy : nil,
      key: ProblemKey(Self.name, "\(scan.table.label)(\(mismatch.column))"))
  }

  private func mismatch(
    of scan: TestedScan, in query: DiagnosticCase
  ) -> (ColumnPredicate, TypeMismatch)? {
    for predicate in scan.predicates where predicate.comparison.isOrdered && !predicate.hasSubSelect {
      let rows = max(scan.rows(for: predicate) ?? scan.rowsReturned, scan.rowsReturned)
      guard let column = predicate.column, column.belongs(to: scan.label),
        let mismatch = TypeMismatch(
          column: column.name, wrapping: predicate.wrapping, relation: scan.relation,
          database: query.evidence.database),
        rows <= IndexAdvisor.largestWantedShare * scan.rowsRead,
        query.saving(of: scan, fetching: rows) ?? 1 >= ExpressionOnColumn.leastSaving
      else { continue }
      return (predicate, mismatch)
    }
    return nil
  }

  private func remedies(
    _ predicate: ColumnPredicate, _ mismatch: TypeMismatch, _ scan: TestedScan, _ impact: Impact,
    in query: DiagnosticCase
  ) -> [Remedy] {
    let words = PrintedText.unbracketed(
      PrintedText.unqualified(predicate.text?.text ?? "", label: scan.label))
    let rewriting = mismatch.rewriting(predicate).map { rewriting in
      StatementAdvice.remedy(
        "Write \(rewriting.text) instead of \(words)",
        rationale: "Compared with its own type the column stays bare, and \(mismatch.index.words) serves.",
        caveats: rewriting.condition.map { ["It needs your yes: \($0)."] } ?? [], impact: impact,
        replacing: "the scan's own time")
    }
    let expression = ImmutableExpression(
      predicate, label: scan.label, relation: scan.relation, functions: query.evidence.functions)
    let share = (scan.rows(for: predicate) ?? scan.rowsReturned) / max(scan.rowsRead, 1)
    let demand = expression.map { Self.demand(for: $0.text, $0.column, share: share) }
    let advisor = query.advisor(for: scan)
    let verdict = demand.map { advisor.advice(for: $0, selectivity: share) }
    return [rewriting, index(verdict, advisor, impact, in: query)].compactMap(\.self)
  }

  private static func demand(for expression: String, _ column: String, share: Double?) -> IndexDemand {
    var demand = IndexDemand()
    demand.equalities = [
      IndexDemand.ColumnDemand(column: expression, selectivity: share, expressionColumn: column)
    ]
    return demand
  }

  private func index(
    _ verdict: IndexVerdict?, _ advisor: IndexAdvisor, _ impact: Impact, in query: DiagnosticCase
  ) -> Remedy? {
    guard query.engine.hasExpressionIndexes, case .propose(let proposal, let benefit)? = verdict else {
      return nil
    }
    return IndexRemedy(proposal: proposal, benefit: benefit, relation: advisor.relation).remedy(
      impact: impact,
      rationale: "An index on the converted column serves the statement as it is, where it cannot be changed."
    )
  }

  // MARK: Joins

  private func finding(for join: MismatchedJoin, in query: DiagnosticCase) -> Finding? {
    guard join.impact.share >= TestedScan.leastShare else { return nil }
    return Finding(
      rule: Self.name, title: title(join.relation.indexTarget, join.mismatch), blamedNodes: join.blamed,
      impact: join.impact, observations: [observation(join, in: query)],
      cause: cause(join.condition, join.mismatch, in: query), remedies: remedies(join, in: query),
      key: ProblemKey(Self.name, "\(join.relation.indexTarget.label)(\(join.mismatch.column))"))
  }

  private func observation(_ join: MismatchedJoin, in query: DiagnosticCase) -> String {
    """
    \(query.label(of: join.scan)) was read in full, \(Words.about(query.totalRows(of: join.scan))) rows over all \
    loops, for \(Words.counted(join.lookups, "key")) of the other side.
    """
  }

  private func remedies(_ join: MismatchedJoin, in query: DiagnosticCase) -> [Remedy] {
    let column = SQLIdentifier(join.mismatch.column).quoted
    let rewriting = StatementAdvice.remedy(
      "Write \(column) = CAST(\(join.otherKey) AS \(join.mismatch.type.text)) instead of \(join.condition)",
      rationale: "With the other side converted, \(join.mismatch.index.words) serves lookups by its values.",
      caveats: [
        "It needs your yes: every value of \(join.otherKey) that is joined must be a value of \(join.mismatch.type.text); others are rounded or raise an error."
      ], impact: join.impact, replacing: "the time of what lookups replace")
    let advisor = IndexAdvisor(relation: join.relation, evidence: query.evidence, engine: query.engine)
    let demand = join.expression.map { Self.demand(for: $0, join.mismatch.column, share: nil) }
    let verdict = demand.map {
      advisor.advice(
        forLookups: join.lookups, rowsEach: join.rowsEach, demand: $0, costBefore: join.costBefore)
    }
    return [rewriting] + [index(verdict, advisor, join.impact, in: query)].compactMap(\.self)
  }

  // MARK: Words

  private func title(_ table: QualifiedName, _ mismatch: TypeMismatch) -> String {
    """
    \(SQLIdentifier(mismatch.column).quoted) of \(table.quoted) is \(mismatch.type.text) but compared as \
    \(mismatch.other)
    """
  }

  private func cause(_ condition: String, _ mismatch: TypeMismatch, in query: DiagnosticCase) -> Cause {
    let database = query.evidence.database
    return Cause(
      [
        """
        The plan tests \(PrintedText.unbracketed(condition)): the column itself is converted, because no B-tree \
        operator compares \(mismatch.type.base) with \(mismatch.other) (\(TypeMismatch.source(database))). The \
        index \(mismatch.index.words) holds \(mismatch.type.base), so it cannot lead to the rows.
        """
      ], basis: .supportedByCatalog,
      falsifier: "with both sides of type \(mismatch.type.text) the plan still reads the whole table")
  }

  private static let noRemedy =
    "Compare the column with values of its own type; no condition for the same rows could be derived here."
}
