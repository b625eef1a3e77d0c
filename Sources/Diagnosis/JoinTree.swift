import PlanModel
import Statements

/// Joins that hand each other rows, and what they join: the relations whose order the planner chose.
struct JoinTree {
  /// The joins, the topmost first.
  let joins: [Int]
  /// What is joined: scans, and whole sub-queries, aggregates and CTEs, each one relation to the planner.
  let leaves: [Int]

  /// Nodes between joins that hand on rows as they are.
  static let passing: Set<String> = [
    "Hash", "Sort", "Incremental Sort", "Materialize", "Memoize", "Gather", "Gather Merge",
  ]

  /// The tree below and including this join.
  init(of join: Int, in query: DiagnosticCase) {
    var (joins, leaves, open) = ([Int](), [Int](), [join])
    while let node = open.popLast() {
      let type = query.plan.nodes[node].type
      if type.isJoin { joins.append(node) }
      if type.isJoin || Self.passing.contains(type.name) {
        open += query.inputs(of: node).reversed()
      } else {
        leaves.append(node)
      }
    }
    self.joins = joins
    self.leaves = leaves
  }

  /// Every tree of joins in a plan.
  static func all(in query: DiagnosticCase) -> [JoinTree] {
    query.plan.nodes.indices.filter { isTop($0, in: query) }.map { JoinTree(of: $0, in: query) }
  }

  /// The first join below a node that hands on its rows as they are; `nil` where there is none.
  static func join(below node: Int, in query: DiagnosticCase) -> Int? {
    var current = node
    while query.inputs(of: current).count == 1, let input = query.inputs(of: current).first {
      let type = query.plan.nodes[input].type
      if type.isJoin { return input }
      guard passing.contains(type.name) || type.partialMode == "Partial" else { return nil }
      current = input
    }
    return nil
  }

  private static func isTop(_ node: Int, in query: DiagnosticCase) -> Bool {
    guard query.plan.nodes[node].type.isJoin else { return false }
    var current = node
    while query.plan.nodes[current].relationship.isMember, let parent = query.plan.nodes[current].parent {
      if query.plan.nodes[parent].type.isJoin { return false }
      guard passing.contains(query.plan.nodes[parent].type.name) else { return true }
      current = parent
    }
    return true
  }
}

extension DiagnosticCase {
  /// The names by which the plan's expressions call what is read below a node.
  func labels(below node: Int) -> Set<String> {
    Set(plan.subtree(of: node).compactMap { plan.nodes[$0].relation?.label })
  }

  /// The rows that go into a join from one side, behind a Hash, a Sort or a Materialize.
  func rowsInto(_ join: Int, from side: Int) -> Double {
    var node = side
    while JoinTree.passing.contains(plan.nodes[node].type.name), let input = inputs(of: node).first {
      node = input
    }
    return totalRows(of: node)
  }

  /// What a join tests, whichever its method.
  func joinConditions(at join: Int) -> [ColumnPredicate] {
    [PropertyKey.joinFilter, .hashCond, .mergeCond, .recheckCond, .filter]
      .flatMap { conditions.predicates($0, of: join) }
  }
}
