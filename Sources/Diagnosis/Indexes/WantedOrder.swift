import Catalog
import PlanModel
import Statements

/// The order in which a table's rows are wanted, and of how many of them.
struct WantedOrder {
  var keys: [IndexKey]
  /// Rows that a LIMIT took, those of an OFFSET included; 1 for the smallest or largest value; `nil` where all
  /// are wanted.
  var limit: Double?
  /// `min` or `max` of the first key, not LIMIT.
  var isExtreme = false
}

extension DiagnosticCase {
  /// Nodes between a scan and the Limit above it that keep its rows as they are.
  private static let orderPreserving: Set<String> = [
    "Sort", "Incremental Sort", "Gather", "Gather Merge", "Result", "Subquery Scan", "LockRows",
  ]

  /// The order that a LIMIT right above this scan, or `min` or `max`, asks for, when the scan's own columns can
  /// give it.
  func wantedOrder(above scan: Int) -> WantedOrder? { limitOrder(above: scan) ?? extremeOrder(above: scan) }

  private func limitOrder(above scan: Int) -> WantedOrder? {
    var sortKey: String?
    var input = scan
    for ancestor in plan.ancestors(of: scan) {
      let node = plan.nodes[ancestor]
      if node.type.name == "Limit" {
        guard let sortKey else { return nil }
        let keys = orderKeys(sortKey, of: scan)
        return keys.isEmpty ? nil : WantedOrder(keys: keys, limit: max(totalRows(of: input), 1))
      }
      guard Self.orderPreserving.contains(node.type.name) else { return nil }
      sortKey = sortKey ?? node[.sortKey]
      input = ancestor
    }
    return nil
  }

  /// A sort key as an index of the scan's table would give it; empty where a term is no column of it.
  func orderKeys(_ sortKey: String, of scan: Int) -> [IndexKey] {
    guard let label = plan.nodes[scan].relation?.label else { return [] }
    let terms = PlanLists.ordering(in: sortKey)
    let keys = terms.compactMap { term -> IndexKey? in
      guard let column = term.expression.column, column.belongs(to: label), !term.hasOperator else {
        return nil
      }
      return IndexKey(column.name, isDescending: term.isDescending, nullsFirst: term.sortsNullsFirst)
    }
    return keys.count == terms.count ? keys : []
  }

  // MARK: MIN and MAX

  /// `min` and `max` of one column, without groups: the planner reads the first entry of an index that has it.
  private func extremeOrder(above scan: Int) -> WantedOrder? {
    var aggregate: Int?
    for ancestor in plan.ancestors(of: scan) {
      let type = plan.nodes[ancestor].type
      guard type.name == "Aggregate" ? type.strategy == nil : type.isGather else { break }
      if type.name == "Aggregate" { aggregate = ancestor }
    }
    guard let aggregate, let column = extremeColumn(of: aggregate, scan: scan) else { return nil }
    return WantedOrder(keys: [IndexKey(column)], limit: 1, isExtreme: true)
  }

  private func extremeColumn(of aggregate: Int, scan: Int) -> String? {
    guard let output = plan.nodes[aggregate][.output] else { return statedExtreme(of: scan) }
    let calls = output.split(separator: ",").map { $0.drop { $0 == " " } }
    let arguments = calls.compactMap { call -> Substring? in
      guard call.hasPrefix("min(") || call.hasPrefix("max("), call.hasSuffix(")") else { return nil }
      return call.dropFirst(4).dropLast()
    }
    guard let first = arguments.first, arguments.count == calls.count, Set(arguments).count == 1 else {
      return nil
    }
    return orderKeys(String(first), of: scan).first?.text
  }

  /// Without VERBOSE only the statement tells what an Aggregate computes.
  private func statedExtreme(of scan: Int) -> String? {
    guard let statement, let label = plan.nodes[scan].relation?.label,
      let table = statement.table(labelled: label)
    else { return nil }
    let block = statement.blocks[table.block]
    let columns = block.aggregates.map { use in
      ["min", "max"].contains(use.name) && !use.hasFilter ? use.argument?.column?.name : nil
    }
    guard block.grouping.isEmpty, statement.tables(in: block).count == 1, Set(columns).count == 1 else {
      return nil
    }
    return columns[0]
  }
}
