import PlanModel

/// Writes the lines below a node in the order in which EXPLAIN prints them.
struct PropertyLines {
  let dialect: TextDialect

  /// The lines of a node, those of its parallel workers included.
  func lines(of node: PlanNode) -> [IndentedLine] {
    let early = node.properties.filter { rank($0.key) == .aboveBuffers }
    var lines = ordered(early, of: node)
    let isSortAbove = dialect.workers == .sortsAboveBuffers
    let workers = WorkerLines(dialect: dialect)
    if isSortAbove { lines += node.workers.filter(\.isSortAlone).flatMap(workers.lines) }
    lines += FigureText(dialect: dialect).usage(of: node).map { IndentedLine($0) }
    lines += node.properties.filter { rank($0.key) == .belowBuffers }.map { IndentedLine($0) }
    lines += node.workers.filter { !isSortAbove || !$0.isSortAlone }.flatMap(workers.lines)
    return lines + node.properties.filter { rank($0.key) == .last }.map { IndentedLine($0) }
  }

  // MARK: Order

  private enum Rank { case inBrackets, aboveBuffers, belowBuffers, last }

  private func rank(_ key: PropertyKey) -> Rank {
    if dialect.otherFigures[key] != nil { return .inBrackets }
    if key == .subplansRemoved { return .last }
    return key == .wal || dialect.keysBelowBuffers.contains(key) ? .belowBuffers : .aboveBuffers
  }

  /// Properties with the lines of sort and hash table where they belong among them.
  private func ordered(_ properties: [PlanProperty], of node: PlanNode) -> [IndentedLine] {
    var lines: [IndentedLine] = []
    var hash = FigureText.hashLine(node)
    let hasCache = properties.contains { $0.key == .cacheHits }
    var heading: PropertyKey?
    for property in properties {
      let indentation = isMember(property.key, of: heading) ? 2 : 0
      switch property.key {
      case .targetTable, .foreignTargetTable:
        lines.append(target(property, of: node))
        heading = property.key
      case .cacheMisses where hasCache, .cacheEvictions where hasCache, .cacheOverflows where hasCache,
        .memoryUsage where hasCache:
        continue
      case .cacheHits:
        lines.append(IndentedLine(FigureText.cacheLine(node.properties, node.hash)))
        hash = nil
      case .rowsRemovedByFilter:
        lines += [hash.map { IndentedLine($0) }, IndentedLine(property)].compactMap { $0 }
        hash = nil
      default:
        lines.append(IndentedLine(property, indentation: indentation))
        if property.key == .sortKey && node.type.name == "Aggregate" {
          heading = .sortKey
        } else if indentation == 0 {
          heading = nil
        }
      }
    }
    return lines + [node.sort.map(FigureText.sortLine), hash].compactMap { $0 }.map { IndentedLine($0) }
  }

  /// Grouping sets stand below the sort that they need, and what a foreign table does below its line.
  private func isMember(_ key: PropertyKey, of heading: PropertyKey?) -> Bool {
    switch heading {
    case .sortKey: key == .groupKey
    case .foreignTargetTable: key != .targetTable && key != .foreignTargetTable && key != "Tuples"
    default: false
    }
  }

  /// `Update on part_1 part`.
  private func target(_ property: PlanProperty, of node: PlanNode) -> IndentedLine {
    let foreign = property.key == .foreignTargetTable ? "Foreign " : ""
    return IndentedLine("\(foreign)\(node.type.command ?? "") on \(property.value)")
  }
}

extension WorkerExecution {
  /// Whether nothing but a sort is printed of the worker.
  var isSortAlone: Bool {
    sort != nil && actual == .notReported && hash == nil && buffers == nil && ioTimings == nil && jit == nil
      && properties.isEmpty
  }
}
