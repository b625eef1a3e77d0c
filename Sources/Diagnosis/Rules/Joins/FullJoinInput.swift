import Catalog
import PlanModel

/// A hash or merge join that reads a table in full although the other input needs few of its rows.
struct FullJoinInput {
  /// The scan, or the first one of a table's partitions.
  let scan: Int
  /// It, or those of all partitions that the join reads.
  let scans: [Int]
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
  private static let feeding: Set<String> = [
    "Hash", "Sort", "Gather", "Gather Merge", "Materialize", "Append",
  ]

  /// `nil` when the scan does not feed a join by which it could be looked up.
  init?(scan: Int, in query: DiagnosticCase) {
    guard query.isFullRead(scan), query.plan.nodes[scan].actual.figures != nil,
      let (join, side) = Self.join(above: scan, in: query), Self.mayLookUp(side, at: join, in: query)
    else { return nil }
    let inputs = query.inputs(of: join)
    guard let other = inputs.first(where: { $0 != side }) else { return nil }
    let scans = Self.partitions(beside: scan, below: join, in: query)
    guard scans.first == scan else { return nil }
    self.scan = scan
    self.scans = scans
    self.join = join
    self.lookups = query.totalRows(of: other)
    self.rowsHanded = scans.map(query.totalRows).reduce(0, +)
    self.rowsJoined = query.totalRows(of: join)
    let removed = scans.map(query.totalRowsRemoved).reduce(0, +)
    let kept = rowsHanded / max(rowsHanded + removed, 1)
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
    return scans + path.filter { Self.filling.contains(query.plan.nodes[$0].type.name) } + [join]
  }

  /// The scan, or what puts the partitions together.
  func handing(in query: DiagnosticCase) -> Int {
    scans.count > 1 ? query.plan.nodes[scan].parent ?? scan : scan
  }

  /// Nodes that have to do with every row of the scan.
  private static let filling: Set<String> = ["Hash", "Sort", "Append"]

  /// The scan, or where an Append hands on the partitions of one table, all of them; none where it hands on anything
  /// else.
  private static func partitions(beside scan: Int, below join: Int, in query: DiagnosticCase) -> [Int] {
    let path = query.plan.ancestors(of: scan).prefix { $0 != join }
    guard let append = path.first(where: { query.plan.nodes[$0].type.name.hasSuffix("Append") }) else {
      return [scan]
    }
    let members = query.inputs(of: append)
    let tables = Set(members.map { query.relation(of: $0)?.statistics.parent })
    let isOneTable = tables.count == 1 && tables.first.flatMap(\.self) != nil
    return isOneTable && members.allSatisfy(query.isFullRead) ? members : []
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
