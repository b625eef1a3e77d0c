import Catalog
import PlanModel
import Statements

/// Finds what is wrong with an estimate of the number of groups where that of the grouped rows is right.
struct GroupDiagnosis {
  let misestimate: Misestimate
  let query: DiagnosticCase
  let table: PlannerTable
  let columns: [PlannerColumn]
  let estimate: GroupEstimate
  /// The grouping is over the whole table, so that its groups are the combinations that there are.
  private let isWhole: Bool

  /// `nil` where the node does not group by plain columns of one table.
  init?(_ misestimate: Misestimate, in query: DiagnosticCase) {
    let node = misestimate.node
    guard let names = query.groupedColumns(of: node),
      let label = names.first?.alias ?? names.first?.qualifier,
      names.allSatisfy({ ($0.alias ?? $0.qualifier) == label }), let input = query.inputs(of: node).first,
      let scan = query.plan.subtree(of: node).first(where: { query.plan.nodes[$0].relation?.label == label }),
      let table = query.plannerTable(of: scan)
    else { return nil }
    let columns = names.compactMap { table.column($0.name) }
    guard columns.count == names.count else { return nil }
    self.misestimate = misestimate
    self.query = query
    self.table = table
    self.columns = columns
    isWhole = query.isFullRead(scan) && query.rowsRemoved(by: scan) == 0 && query.isFedOnly(by: scan, node)
    estimate = GroupEstimate(
      columns: columns.map {
        .init(name: $0.name, distinct: $0.distinct.count, isBoolean: $0.type == .boolean)
      },
      tableRows: table.rows, remainingRows: query.planRows(of: scan) * query.parallelDivisor(of: scan),
      inputRows: query.planRows(of: input))
  }

  private var agreement: EstimateAgreement {
    EstimateAgreement(estimate.groups, planRows: misestimate.estimated)
  }

  private var isReproduced: Bool { if case .reproduced = agreement { true } else { false } }

  /// The one cause that the numbers show.
  var fault: (any EstimateFault)? {
    if let stale = StaleTable(relation: table.relation), !stale.isOnlyModified { return stale }
    guard isReproduced else { return nil }
    return wrongColumn ?? combinations
  }

  /// The planner's arithmetic.
  var sentences: [String] {
    isReproduced ? ["The planner: \(estimate.sentence)"] : [agreement.sentence]
  }

  private var seen: Double? { isWhole ? misestimate.actual : nil }

  private var wrongColumn: WrongDistinct? {
    let wrong = columns.compactMap { column in
      table.relation.column(column.name).flatMap {
        WrongDistinct(
          $0, of: table.relation, used: column.distinct.count, seen: columns.count == 1 ? seen : nil)
      }
    }
    return wrong.first { ($0.counted > $0.used) == misestimate.isUnderestimate }
  }

  private var combinations: CorrelatedColumns? {
    let names = columns.map(\.name)
    guard names.count > 1, let counted = table.relation.distinctCount(of: names)?.value ?? seen, counted > 0,
      max(counted / estimate.combinations, estimate.combinations / counted) > CorrelatedColumns.leastRatio
    else { return nil }
    return CorrelatedColumns(
      groupedBy: names, expected: estimate.combinations, counted: counted, of: table.relation,
      rows: table.relation.bestRowCount ?? table.rows)
  }
}

extension DiagnosticCase {
  /// The plain columns by which a node groups; `nil` for other nodes and for expressions.
  fileprivate func groupedColumns(of node: Int) -> [ColumnReference]? {
    let text: String?
    switch plan.nodes[node].type.name {
    case "Aggregate", "Group": text = plan.nodes[node][.groupKey]
    case "Unique": text = inputs(of: node).first.flatMap { plan.nodes[$0][.sortKey] }
    default: text = nil
    }
    guard let text else { return nil }
    let terms = PlanLists.ordering(in: text)
    let columns = terms.compactMap { $0.expression.column }
    return columns.isEmpty || columns.count != terms.count ? nil : columns
  }

  /// Nothing but the scan's rows comes to the node.
  fileprivate func isFedOnly(by scan: Int, _ node: Int) -> Bool {
    plan.ancestors(of: scan).prefix { $0 != node }.allSatisfy { inputs(of: $0).count == 1 }
  }
}
