import Catalog
import PlanModel
import Statements

/// Which columns of a scan's table a query needs, so that an index with all of them is enough.
extension DiagnosticCase {
  /// `nil` where that is not known: without VERBOSE and statement, for a whole row, system columns and locks.
  func neededColumns(of scan: Int) -> Set<String>? {
    let isLocked = plan.nodes.contains { ["LockRows", "ModifyTable"].contains($0.type.name) }
    guard !isLocked, let needed = printedColumns(of: scan) else { return nil }
    let known = Set(relation(of: scan)?.columns.map(\.name) ?? [])
    return needed.isSubset(of: known) ? needed : nil
  }

  /// The columns that other nodes, and the scan's own conditions, mention. What the scan itself hands on may be
  /// the whole row for want of a reason to leave anything out, unless nothing above it chooses.
  private func printedColumns(of scan: Int) -> Set<String>? {
    guard let label = plan.nodes[scan].relation?.label, plan.nodes[scan][.output] != nil else { return nil }
    let path = [scan] + passingNodes(above: scan)
    // What is above calls the columns by other names: the last node hands on no more than is needed.
    let silent = Set(isRenamed(above: path[path.count - 1]) ? path.dropLast() : path[...])
    let texts = plan.nodes.indices.flatMap { node in
      Self.columnKeys.compactMap { key in
        key == .output && silent.contains(node) ? nil : plan.nodes[node][key]
      }
    }
    // With one table alone EXPLAIN leaves its name out.
    let labels = Set(plan.nodes.compactMap { $0.relation?.label })
    let mentioning = texts.filter {
      labels.count == 1 || $0.contains("\(label).") || $0.contains("\(label)\".")
    }
    let found = PlanLists.readColumns(in: mentioning.map(\.asExpression))
    // What the grammar does not take may hide columns; a whole row hides all of them.
    guard !found.contains(nil), !mentioning.contains(where: { $0.contains("*") && !$0.contains("count(*)") })
    else { return nil }
    let columns = found.compactMap(\.self).joined().filter { $0.belongs(to: label) }
    return Set(columns.map(\.name))
  }

  private static let columnKeys: [PropertyKey] = [
    .output, .filter, .indexCond, .recheckCond, .joinFilter, .hashCond, .mergeCond, .sortKey, .groupKey,
    .oneTimeFilter,
  ]

  /// Nodes that hand on the columns of their input as they are.
  private static let passing: Set<String> = [
    "Limit", "Sort", "Incremental Sort", "Hash", "Materialize", "Gather", "Gather Merge", "Unique", "Memoize",
  ]

  /// Whether another name stands above for what a node returns: that of a partitioned table, of a sub-select, of a
  /// CTE; the client calls it by none.
  private func isRenamed(above node: Int) -> Bool {
    guard let parent = plan.nodes[node].parent, plan.nodes[node].relationship.isMember else { return true }
    let chooser = plan.nodes[parent].type.name
    return chooser.hasSuffix("Append") || chooser == "Subquery Scan"
  }

  private func passingNodes(above scan: Int) -> [Int] {
    Array(plan.ancestors(of: scan).prefix { Self.passing.contains(plan.nodes[$0].type.name) })
  }
}

extension String {
  /// `PARTIAL sum(a)` and `OVER (?)` are EXPLAIN's words, not the grammar's.
  fileprivate var asExpression: String {
    replacing("PARTIAL ", with: "").replacing("OVER (?)", with: "OVER ()")
  }
}
