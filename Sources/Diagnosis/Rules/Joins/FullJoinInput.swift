import Catalog
import PlanModel

/// A hash or merge join that reads a table in full although the other input needs few of its rows.
struct FullJoinInput {
  let scan: Int
  let join: Int
  /// Rows of the other input: keys that would be looked up.
  let lookups: Double
  /// Rows of the table that belong to one key, before its filter.
  let rowsEach: Double
  /// Rows that the scan handed to the join.
  let rowsHanded: Double
  /// Rows that the join returned.
  let rowsJoined: Double

  /// Nodes between a join and the scan that feeds it.
  private static let feeding: Set<String> = ["Hash", "Sort", "Gather", "Gather Merge", "Materialize"]

  /// `nil` when the scan does not feed a join by which it could be looked up.
  init?(scan: Int, in query: DiagnosticCase) {
    guard query.isFullRead(scan), query.plan.nodes[scan].actual.figures != nil,
      let (join, side) = Self.join(above: scan, in: query), Self.mayLookUp(side, at: join, in: query)
    else { return nil }
    let inputs = query.inputs(of: join)
    guard let other = inputs.first(where: { $0 != side }) else { return nil }
    self.scan = scan
    self.join = join
    self.lookups = query.totalRows(of: other)
    self.rowsHanded = query.totalRows(of: scan)
    self.rowsJoined = query.totalRows(of: join)
    let kept = rowsHanded / max(rowsHanded + query.totalRowsRemoved(by: scan), 1)
    self.rowsEach = rowsJoined / max(lookups, 1) / max(kept, 1e-9)
  }

  /// Share of the rows handed to the join that found a partner.
  var joinedShare: Double { rowsJoined / max(rowsHanded, 1) }

  /// The equalities that could be looked up.
  func joinPredicates(in query: DiagnosticCase) -> [ScanPredicate] {
    query.joinPredicates(at: join, for: scan).filter { $0.use.isLookup && $0.column != nil }
  }

  /// The nodes whose work a lookup would save: the scan, the hash or sort that it fills, and the join that
  /// goes through all of its rows.
  func savedNodes(in query: DiagnosticCase) -> [Int] {
    let path = query.plan.ancestors(of: scan).prefix { $0 != join }
    return [scan] + path.filter { ["Hash", "Sort"].contains(query.plan.nodes[$0].type.name) } + [join]
  }

  private static func join(above scan: Int, in query: DiagnosticCase) -> (join: Int, side: Int)? {
    var current = scan
    while let parent = query.plan.nodes[current].parent {
      let type = query.plan.nodes[parent].type
      if type.name == "Hash Join" || type.name == "Merge Join" { return (parent, current) }
      guard feeding.contains(type.name) else { return nil }
      current = parent
    }
    return nil
  }

  /// A nested loop could drive this side: not the side whose every row must be kept.
  private static func mayLookUp(_ side: Int, at join: Int, in query: DiagnosticCase) -> Bool {
    let isOuter = query.inputs(of: join).first == side
    switch query.plan.nodes[join].type.joinType {
    // The few of a semi join's inner side may drive the outer side, each once.
    case nil, "Semi": return true
    case "Left", "Anti": return !isOuter
    case "Right", "Right Semi", "Right Anti": return isOuter
    default: return false
    }
  }
}
