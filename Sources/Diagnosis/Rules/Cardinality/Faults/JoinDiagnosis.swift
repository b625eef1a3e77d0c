import Catalog
import PlanModel
import Statements

/// Finds what is wrong with a join's estimate where those of its inputs are right.
struct JoinDiagnosis {
  let misestimate: Misestimate
  let query: DiagnosticCase
  let estimate: JoinEstimate?
  let keys: [Key]

  /// Two columns that the join compares by `=`.
  struct Key {
    var predicate: String
    var sides: [(label: String, relation: RelationEvidence, column: PlannerColumn)]
  }

  /// `nil` where the node is no join.
  init?(_ misestimate: Misestimate, in query: DiagnosticCase) {
    guard query.plan.nodes[misestimate.node].type.isJoin else { return nil }
    self.misestimate = misestimate
    self.query = query
    let tables = query.plannerTables
    keys = query.equalities(of: misestimate.node).compactMap { Key($0, tables) }
    let whole = query.reproduce(join: misestimate.node)
    estimate = whole?.rows == nil ? Self.semiJoin(keys, of: misestimate.node, in: query) ?? whole : whole
  }

  /// `IN (SELECT …)` whose rows are made unique first: estimated as the semi-join that it is.
  private static func semiJoin(_ keys: [Key], of node: Int, in query: DiagnosticCase) -> JoinEstimate? {
    let inputs = query.inputs(of: node)
    guard let unique = inputs.first(where: { query.makesUnique($0) }),
      let outer = inputs.first(where: { $0 != unique }),
      let below = query.uniqueInput(of: unique)
    else { return nil }
    let labels = Set(query.plan.subtree(of: unique).compactMap { query.plan.nodes[$0].relation?.label })
    let sides = keys.compactMap { key -> JoinEstimate.Key? in
      guard let inner = key.sides.first(where: { labels.contains($0.label) }),
        let other = key.sides.first(where: { !labels.contains($0.label) })
      else { return nil }
      return JoinEstimate.Key(predicate: key.predicate, outer: other.column, inner: inner.column)
    }
    guard !sides.isEmpty, sides.count == keys.count else { return nil }
    return JoinEstimate(
      .semi, outerRows: query.planRows(of: outer), innerRows: query.planRows(of: below), keys: sides)
  }

  private var isReproduced: Bool {
    if case .reproduced = estimate?.agreement(with: misestimate.estimated) { true } else { false }
  }

  /// The one cause that the numbers show.
  var fault: (any EstimateFault)? {
    let stale = misestimate.tables(in: query).compactMap { StaleTable(relation: query.evidence.relation($0)) }
    // Some changed rows need not have touched the join; a wrong row count or missing statistics did.
    if let stale = stale.first(where: { !$0.isOnlyModified }) { return stale }
    guard isReproduced, let estimate else { return nil }
    return wrongDistinct(estimate) ?? UnevenJoin(self, estimate)
  }

  /// The planner's arithmetic.
  var sentences: [String] {
    guard let estimate else { return [] }
    guard isReproduced else { return [estimate.agreement(with: misestimate.estimated).sentence] }
    return ["The planner: \(estimate.sentence)"]
  }

  // MARK: Distinct values

  /// The column whose wrong number of distinct values divides the pairs of rows wrongly.
  private func wrongDistinct(_ estimate: JoinEstimate) -> WrongDistinct? {
    if estimate.kind == .semi { return wrongOuter(estimate) }
    guard estimate.kind != .anti else { return nil }
    let candidates = keys.compactMap { key -> (fault: WrongDistinct, distance: Double)? in
      let used = key.sides.map(\.column.distinct.count)
      let counted = key.sides.map {
        $0.relation.distinctCount(of: [$0.column.name])?.value ?? $0.column.distinct.count
      }
      let faults = key.sides.compactMap { side in
        side.relation.column(side.column.name).flatMap {
          WrongDistinct($0, of: side.relation, used: side.column.distinct.count)
        }
      }
      guard let most = used.max(), let right = counted.max(), right > 0,
        let fault = faults.max(by: { $0.counted < $1.counted })
      else { return nil }
      return (fault, distance(misestimate.estimated * most / right))
    }
    return candidates.filter { $0.distance * WrongDistinct.leastRatio <= distance(misestimate.estimated) }
      .min { $0.distance < $1.distance }?.fault
  }

  /// Of a semi-join the share of outer rows with a partner is about keys of the inner side / keys of the outer.
  private func wrongOuter(_ estimate: JoinEstimate) -> WrongDistinct? {
    let faults = keys.flatMap(\.sides).compactMap { side in
      side.relation.column(side.column.name).flatMap {
        WrongDistinct($0, of: side.relation, used: side.column.distinct.count)
      }
    }
    let better = faults.filter { fault in
      let corrected = misestimate.estimated * fault.used / fault.counted
      return distance(corrected) * WrongDistinct.leastRatio <= distance(misestimate.estimated)
    }
    return better.max { $0.counted / $0.used < $1.counted / $1.used }
  }

  private func distance(_ rows: Double) -> Double {
    PlanModel.EstimationError(planRows: rows, rows: misestimate.actual).ratio
  }
}

extension JoinDiagnosis.Key {
  fileprivate init?(_ condition: DiagnosticCase.Equality, _ tables: [String: PlannerTable]) {
    predicate = condition.text
    sides = condition.columns.compactMap { reference in
      guard let label = reference.alias ?? reference.qualifier, let table = tables[label],
        let column = table.column(reference.name)
      else { return nil }
      return (label, table.relation, column)
    }
    guard sides.count == 2 else { return nil }
  }
}

extension DiagnosticCase {
  /// Two columns of different tables that a join compares by `=`.
  struct Equality {
    var text: String
    var columns: [ColumnReference]
  }

  /// What a join compares by `=`, in itself or in the index scan of its inner side.
  func equalities(of join: Int) -> [Equality] {
    let own = [PropertyKey.hashCond, .mergeCond, .joinFilter].flatMap { conditions.predicates($0, of: join) }
    let inner = inputs(of: join).last.map { plan.subtree(of: $0) } ?? 0..<0
    let looked = plan.nodes[join].type.isNestedLoop ? inner.flatMap { scanConditions(of: $0) } : []
    return (own + looked).compactMap { predicate in
      guard predicate.comparison == .equal, let left = predicate.column,
        case .column(let right) = predicate.operand,
        (left.alias ?? left.qualifier) != (right.alias ?? right.qualifier)
      else { return nil }
      return Equality(text: predicate.text?.text ?? "", columns: [left, right])
    }
  }
}

extension DiagnosticCase {
  /// Groups rows so that each key comes once.
  fileprivate func makesUnique(_ input: Int) -> Bool { uniqueInput(of: input) != nil }

  /// What is below the node that makes an input's rows unique.
  fileprivate func uniqueInput(of input: Int) -> Int? {
    var current = input
    while ["Hash", "Sort", "Materialize"].contains(plan.nodes[current].type.name),
      let next = inputs(of: current).first
    {
      current = next
    }
    let isUnique =
      plan.nodes[current].type.name == "Unique"
      || plan.nodes[current].type.name == "Aggregate" && plan.nodes[current][.groupKey] != nil
    return isUnique ? inputs(of: current).first : nil
  }
}
