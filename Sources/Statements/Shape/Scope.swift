/// What is visible by name inside one block.
struct Scope {
  /// Indexes in ``StatementShape/tables``.
  var tables: [Int] = []
  /// Blocks of the CTEs that the block's own WITH defines.
  var ctes: [String: Int] = [:]
}

extension ShapeReader {
  /// The table and label of a column reference, searched from the innermost block outwards.
  func resolve(_ node: SyntaxNode) -> ColumnReference? {
    var parts = node.names("fields")
    guard node.fields["fields"]?.elements.count == parts.count, let name = parts.popLast() else { return nil }
    let qualifier = parts.popLast()
    let table = qualifier.map { find(label: $0, schema: parts.last) } ?? find(column: name)
    return ColumnReference(
      table: table, alias: table.map { shape.tables[$0].label } ?? qualifier, qualifier: qualifier,
      name: name,
      isOuter: table.map { shape.tables[$0].block != block } ?? false)
  }

  func find(label: String, schema: String?) -> Int? {
    for scope in scopes.reversed() {
      let match = scope.tables.first {
        let table = shape.tables[$0]
        return table.label == label && (schema == nil || (table.schema == schema && table.alias == nil))
      }
      if let match { return match }
    }
    return nil
  }

  /// Without a qualifier the column belongs to the innermost table that has it. A table whose columns
  /// are not known may have it, so the search ends there, unless no other table is in sight.
  private func find(column: String) -> Int? {
    for (distance, scope) in scopes.reversed().enumerated() {
      let known = scope.tables.filter { columnNames(of: $0)?.contains(column) == true }
      if let first = known.first { return first }
      let unknown = scope.tables.filter { columnNames(of: $0) == nil }
      if unknown.isEmpty { continue }
      let hasOuter = scopes.dropLast(distance + 1).contains { !$0.tables.isEmpty }
      return unknown.count == 1 && !hasOuter ? unknown[0] : nil
    }
    return nil
  }

  func findCTE(_ name: String) -> Int? {
    for scope in scopes.reversed() {
      if let block = scope.ctes[name] { return block }
    }
    return nil
  }

  /// The column names of a FROM item in order where they are known, of a table in no order.
  func columnNames(of table: Int) -> [String]? {
    let table = shape.tables[table]
    var names: [String]?
    switch table.kind {
    case .table: return table.columnAliases.isEmpty ? tableColumns(table.qualifiedName).map(Array.init) : nil
    case .cte(let block), .subquery(let block): names = outputNames(of: block)
    case .function, .other: return table.columnAliases.isEmpty ? nil : table.columnAliases
    }
    guard var result = names else { return table.columnAliases.isEmpty ? nil : table.columnAliases }
    result.replaceSubrange(0..<min(result.count, table.columnAliases.count), with: table.columnAliases)
    return result
  }

  /// The output names of a block; `nil` where a `*` over unknown columns hides them.
  private func outputNames(of block: Int) -> [String]? {
    if let names = declaredColumns[block] { return names }
    guard shape.blocks.indices.contains(block), !openBlocks.contains(block) else { return nil }
    if shape.blocks[block].setOperation != nil {
      let first = shape.blocks.first { $0.parent == block && $0.kind == .setBranch }
      return first.flatMap { outputNames(of: $0.id) }
    }
    var names: [String] = []
    for column in shape.blocks[block].output {
      if column.isStar {
        guard let expanded = expand(column, in: block) else { return nil }
        names += expanded
      } else {
        names.append(column.name ?? "?column?")
      }
    }
    return names
  }

  private func expand(_ star: OutputColumn, in block: Int) -> [String]? {
    let tables =
      star.starQualifier == nil
      ? shape.tables.indices.filter { shape.tables[$0].block == block } : star.starTable.map { [$0] } ?? []
    var names: [String] = []
    for table in tables {
      guard let columns = columnNames(of: table) else { return nil }
      names += columns
    }
    return tables.isEmpty ? nil : names
  }
}
