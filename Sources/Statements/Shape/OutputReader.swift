import JSONTree

/// The select list, GROUP BY, ORDER BY and LIMIT.
extension ShapeReader {
  mutating func readOutput(_ node: SyntaxNode) {
    shape.blocks[block].isValues = node.fields["valuesLists"] != nil
    if let rows = node.fields["valuesLists"] { readValues(rows) }
    for target in node.children("targetList") {
      readExpression(target.fields, clause: .output)
      shape.blocks[block].output.append(output(target))
    }
    if let distinct = node.fields["distinctClause"] { readDistinct(distinct) }
  }

  private mutating func readValues(_ rows: JSONValue) {
    readOther(rows, clause: .output)
    let width = rows.elements.first.flatMap(SyntaxNode.init)?.children("items").count ?? 0
    let empty = ExpressionShape(column: nil, columns: [], functions: [], hasSubSelect: false)
    shape.blocks[block].output = (0..<width).map {
      OutputColumn(
        isStar: false, starQualifier: nil, starTable: nil, block: block, name: "column\($0 + 1)",
        expression: empty)
    }
  }

  /// Registers what stands in an expression of the select list or of ORDER BY.
  private mutating func readExpression(_ value: JSONValue, clause: ColumnUse.Clause) {
    readOther(value, clause: clause)
    readAggregates(value)
  }

  private func output(_ target: SyntaxNode) -> OutputColumn {
    let value = target.fields["val"]
    let expression = expressionShape(value)
    let reference = SyntaxNode(value).flatMap { $0.kind == "ColumnRef" ? $0 : nil }
    let isStar = reference?.children("fields").last?.kind == "A_Star"
    let qualifier = isStar ? reference?.names("fields").last : nil
    return OutputColumn(
      isStar: isStar, starQualifier: qualifier,
      starTable: qualifier.flatMap { find(label: $0, schema: reference?.names("fields").dropLast().last) },
      block: block, name: target.text("name") ?? expression.column?.name ?? madeUpName(value),
      expression: expression)
  }

  /// The name that PostgreSQL gives to a function call.
  private func madeUpName(_ value: JSONValue?) -> String? {
    guard let node = SyntaxNode(value) else { return nil }
    switch node.kind {
    case "FuncCall": return node.names("funcname").last
    case "TypeCast":
      return madeUpName(node.fields["arg"]) ?? SyntaxNode(node.fields["arg"]).flatMap { resolvedName($0) }
    case "CoalesceExpr": return "coalesce"
    case "CaseExpr": return "case"
    default: return nil
    }
  }

  private func resolvedName(_ node: SyntaxNode) -> String? {
    node.kind == "ColumnRef" ? node.names("fields").last : nil
  }

  private mutating func readDistinct(_ distinct: JSONValue) {
    // Plain DISTINCT is a list of one empty node.
    let expressions = distinct.elements.filter { SyntaxNode($0) != nil }
    for expression in expressions { readOther(expression, clause: .other) }
    shape.blocks[block].distinct =
      expressions.isEmpty ? .all : .on(expressions.map { followed($0, outputFirst: true).0 })
  }

  // MARK: Aggregates

  mutating func readAggregates(_ value: JSONValue) {
    for fields in value.descendants(named: "FuncCall", notInside: "subselect") {
      let call = SyntaxNode(kind: "FuncCall", fields: fields)
      if fields["over"] != nil {
        shape.blocks[block].hasWindowFunction = true
      } else if let name = call.names("funcname").last, Self.aggregateNames.contains(name) {
        let argument = call.fields["args"]?.elements.first.map { expressionShape($0) }
        shape.blocks[block].aggregates.append(
          AggregateUse(
            name: name, isStar: call.flag("agg_star"), isDistinct: call.flag("agg_distinct"),
            hasFilter: fields["agg_filter"] != nil, argument: argument))
      }
    }
  }

  static let aggregateNames: Set<String> = [
    "any_value", "array_agg", "avg", "bit_and", "bit_or", "bit_xor", "bool_and", "bool_or", "corr", "count",
    "covar_pop", "covar_samp", "every", "json_agg", "json_object_agg", "jsonb_agg", "jsonb_object_agg", "max",
    "min", "mode", "percentile_cont", "percentile_disc", "range_agg", "range_intersect_agg", "regr_count",
    "stddev", "stddev_pop", "stddev_samp", "string_agg", "sum", "var_pop", "var_samp", "variance", "xmlagg",
  ]

  // MARK: GROUP BY and ORDER BY

  mutating func readGrouping(_ node: SyntaxNode) {
    guard let grouping = node.fields["groupClause"] else { return }
    readOther(grouping, clause: .grouping)
    let items = node.children("groupClause")
    shape.blocks[block].hasGroupingSets = items.contains { $0.kind == "GroupingSet" }
    shape.blocks[block].grouping = grouping.elements.flatMap { groupingMembers($0) }.map {
      followed($0, outputFirst: false).0
    }
  }

  private func groupingMembers(_ value: JSONValue) -> [JSONValue] {
    guard let node = SyntaxNode(value) else { return [] }
    switch node.kind {
    case "GroupingSet": return (node.fields["content"]?.elements ?? []).flatMap { groupingMembers($0) }
    case "RowExpr": return node.fields["args"]?.elements ?? []
    default: return [value]
    }
  }

  mutating func readOrdering(_ node: SyntaxNode) {
    for sort in node.children("sortClause") {
      guard let value = sort.fields["node"] else { continue }
      readExpression(value, clause: .ordering)
      let (expression, namesOutput) = followed(value, outputFirst: true)
      let nulls = sort.text("sortby_nulls")
      shape.blocks[block].ordering.append(
        OrderTerm(
          expression: expression, isDescending: sort.text("sortby_dir") == "SORTBY_DESC",
          nullsFirst: nulls == "SORTBY_NULLS_FIRST" ? true : nulls == "SORTBY_NULLS_LAST" ? false : nil,
          namesOutput: namesOutput, hasOperator: sort.text("sortby_dir") == "SORTBY_USING"))
    }
  }

  /// What an item of ORDER BY, GROUP BY or DISTINCT ON means: an ordinal or an output name stands for an
  /// expression of the select list. ORDER BY prefers the output name, GROUP BY the column.
  private func followed(_ value: JSONValue, outputFirst: Bool) -> (ExpressionShape, Bool) {
    let own = expressionShape(value)
    guard let node = SyntaxNode(value) else { return (own, false) }
    let output = outputBlock.output
    if node.kind == "A_Const", let ordinal = node.fields["ival"]?["ival"]?.int {
      let isSafe = output.indices.contains(ordinal - 1) && !output.prefix(ordinal).contains(where: \.isStar)
      return (isSafe ? output[ordinal - 1].expression : own, true)
    }
    guard node.kind == "ColumnRef", node.names("fields").count == 1, let name = node.names("fields").first,
      outputFirst || own.column?.table == nil,
      let match = output.first(where: { $0.name == name && !$0.isStar })
    else { return (own, false) }
    return (match.expression, match.expression.column?.name != name)
  }

  /// A set operation is ordered by the output of its first branch.
  private var outputBlock: QueryBlock {
    var current = shape.blocks[block]
    while current.setOperation != nil,
      let first = shape.blocks.first(where: { $0.parent == current.id && $0.kind == .setBranch })
    {
      current = first
    }
    return current
  }

  // MARK: LIMIT

  mutating func readLimits(_ node: SyntaxNode) {
    shape.blocks[block].limit = limit(node.fields["limitCount"])
    shape.blocks[block].offset = limit(node.fields["limitOffset"])
    shape.blocks[block].hasTies = node.text("limitOption") == "LIMIT_OPTION_WITH_TIES"
    for value in [node.fields["limitCount"], node.fields["limitOffset"]].compactMap(\.self) {
      readOther(value, clause: .other)
    }
  }

  private func limit(_ value: JSONValue?) -> RowLimit? {
    guard let value else { return nil }
    switch operand(value) {
    case .constant(let constant) where constant.kind == .null: return nil
    case .constant(let constant): return Int(constant.text).map { .constant($0) } ?? .expression
    case .parameter(let number): return .parameter(number)
    default: return .expression
    }
  }
}
