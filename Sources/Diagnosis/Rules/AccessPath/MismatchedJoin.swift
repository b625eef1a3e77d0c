import Catalog
import PlanModel
import SQLNames
import Statements

/// A join that reads a table in full because its key is converted before it is compared with the other table's.
struct MismatchedJoin {
  let scan: Int
  let mismatch: TypeMismatch
  let relation: RelationEvidence
  /// The condition as the plan prints it.
  let condition: String
  /// The key of the other table, as the plan prints it.
  let otherKey: String
  /// The nodes whose time lookups would save, and that time.
  let blamed: [Int]
  let impact: Impact
  /// The converted key, as an index could hold it.
  let expression: String?
  /// What an index on the expression would be asked for.
  let lookups: Double
  let rowsEach: Double
  let costBefore: Double

  /// Share of the table's rows that may find a partner before a full scan is the better plan, as UnindexedInner.
  static let largestJoinedShare = 0.25

  /// `nil` where the scan feeds no join, or one that a lookup would not make faster.
  init?(scan: Int, in query: DiagnosticCase) {
    guard query.isFullRead(scan), query.plan.nodes[scan].actual.figures != nil,
      let relation = query.relation(of: scan), relation.bestRowCount ?? 0 >= IndexAdvisor.leastTableRows,
      let use = Use(scan: scan, in: query),
      let found = Self.mismatch(of: scan, among: use.conditions, relation, in: query)
    else { return nil }
    (self.scan, self.relation, mismatch) = (scan, relation, found.mismatch)
    (condition, otherKey, expression) = (found.condition, found.otherKey, found.expression)
    (blamed, impact) = (use.blamed, use.impact)
    (lookups, rowsEach) = (use.lookups, use.rowsEach)
    guard let cost = query.accessCost(of: relation) else { return nil }
    costBefore = cost.sequentialScan() * use.passes
    let after = cost.indexAccess(cost.plainIndex(matching: rowsEach, executions: lookups))
    guard after <= costBefore * (1 - ExpressionOnColumn.leastSaving) else { return nil }
  }

  private static func mismatch(
    of scan: Int, among conditions: [ColumnPredicate], _ relation: RelationEvidence, in query: DiagnosticCase
  ) -> (mismatch: TypeMismatch, condition: String, otherKey: String, expression: String)? {
    guard let label = query.plan.nodes[scan].relation?.label else { return nil }
    for condition in conditions where condition.comparison == .equal && !condition.hasSubSelect {
      guard let text = condition.text?.text, let halves = PredicateSides.halves(of: text) else { continue }
      for (own, other) in [(halves[0], halves[1]), (halves[1], halves[0])] {
        guard let key = PlanExpression.predicates(in: "(\(own) = 0)").first, let column = key.column,
          column.belongs(to: label),
          let mismatch = TypeMismatch(
            column: column.name, wrapping: key.wrapping, relation: relation, database: query.evidence.database
          )
        else { continue }
        return (mismatch, text, other, PrintedText.unqualified(own, label: label))
      }
    }
    return nil
  }

  /// How a join uses the table.
  private struct Use {
    var conditions: [ColumnPredicate]
    var blamed: [Int]
    var impact: Impact
    var lookups: Double
    var rowsEach: Double
    /// How often the table is read.
    var passes: Double

    init?(scan: Int, in query: DiagnosticCase) {
      if let repeated = RepeatedScan(scan: scan, in: query) {
        let inner = query.innerSide(of: repeated)
        conditions =
          query.conditions.predicates(.filter, of: scan)
          + query.conditions.predicates(.joinFilter, of: repeated.repeater)
        (blamed, impact) = ([inner], query.impact(ofWallTimeOf: [inner]))
        (lookups, rowsEach, passes) = (repeated.loops, 1, repeated.loops)
      } else if let input = FullJoinInput(scan: scan, in: query),
        input.joinedShare <= MismatchedJoin.largestJoinedShare
      {
        let keys: [PropertyKey] = [.hashCond, .mergeCond]
        conditions = keys.flatMap { query.conditions.predicates($0, of: input.join) }
        blamed = input.savedNodes(in: query)
        impact = query.impact(ofOwnTimeOf: blamed)
        (lookups, rowsEach, passes) = (input.lookups, input.rowsEach, 1)
      } else {
        return nil
      }
    }
  }
}
