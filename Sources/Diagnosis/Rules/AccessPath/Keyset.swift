import Catalog
import PlanModel
import SQLNames
import Statements

/// The condition that starts a page behind the last row of the page before, for the order of a LIMIT.
///
///     ORDER BY created_at DESC, id DESC   →   (created_at, id) < (:created_at, :id)
struct Keyset {
  /// As SQL, with `:column` for the last row's values.
  let condition: String
  /// ORDER BY's list, with a column behind it that tells rows apart, where that is needed and known.
  let ordering: String
  /// What must hold for no row to be left out or repeated.
  let caveats: [String]

  private struct Term {
    var name: String
    var isDescending: Bool
  }

  /// `nil` where the order is not known, or is not by columns alone.
  init?(below limit: Int, in query: DiagnosticCase) {
    let scan = Self.scan(below: limit, in: query)
    let relation = scan.flatMap(query.relation)
    let fixed =
      scan.map {
        Set(
          query.conditions.predicates(.indexCond, of: $0).filter { $0.comparison == .equal }.compactMap {
            $0.column?.name
          })
      } ?? []
    guard let found = Self.written(in: query) ?? scan.flatMap({ Self.read(by: $0, relation, in: query) }),
      !found.isEmpty
    else { return nil }
    let terms = found.filter { !fixed.contains($0.name) }
    let tieBreaker = Self.tieBreaker(behind: terms.map(\.name) + fixed, relation)
    let all = terms + tieBreaker.map { Term(name: $0, isDescending: terms.last?.isDescending ?? false) }
    guard !all.isEmpty else { return nil }
    condition = Self.condition(all, rowValues: query.engine.hasInvertedIndexes)
    ordering = all.map { Self.quoted($0.name) + ($0.isDescending ? " DESC" : "") }.joined(separator: ", ")
    caveats = Self.caveats(all, fixed, relation)
  }

  private static func quoted(_ name: String) -> String { SQLIdentifier(name).quoted }

  // MARK: The order

  private static func scan(below limit: Int, in query: DiagnosticCase) -> Int? {
    var current = query.inputs(of: limit).first
    while let node = current {
      if query.plan.nodes[node].relation != nil { return node }
      current = query.inputs(of: node).first
    }
    return nil
  }

  /// ORDER BY as the statement has it.
  private static func written(in query: DiagnosticCase) -> [Term]? {
    guard let block = query.statement?.blocks.first(where: { $0.offset != nil }), !block.ordering.isEmpty
    else {
      return nil
    }
    let terms = block.ordering.compactMap { term in
      term.hasOperator
        ? nil : term.expression.column.map { Term(name: $0.name, isDescending: term.isDescending) }
    }
    return terms.count == block.ordering.count ? terms : nil
  }

  /// The order of the index that the plan reads.
  private static func read(by scan: Int, _ relation: RelationEvidence?, in query: DiagnosticCase) -> [Term]? {
    let plan = query.plan.nodes[scan]
    guard let index = relation?.indexes?.first(where: { $0.name == plan.indexName }),
      !index.keys.contains(where: \.isExpression)
    else { return nil }
    return index.keys.map { Term(name: $0.text, isDescending: $0.isDescending != plan.type.isBackward) }
  }

  /// Columns that make the order total: those of a unique index that the order does not hold already.
  private static func tieBreaker(behind columns: [String], _ relation: RelationEvidence?) -> [String] {
    let unique = (relation?.indexes ?? []).filter { $0.isUnique && $0.isValid && $0.predicate == nil }
    let isTotal = unique.contains { index in
      index.leadingColumns.count == index.keys.count && index.leadingColumns.allSatisfy(columns.contains)
    }
    guard !isTotal, let key = unique.first(where: \.isPrimary) else { return [] }
    return key.leadingColumns.filter { !columns.contains($0) }
  }

  // MARK: The condition

  /// - Parameter rowValues: the engine finds the start of `(a, b) > (x, y)` in an index.
  private static func condition(_ terms: [Term], rowValues: Bool) -> String {
    let symbols = terms.map { $0.isDescending ? "<" : ">" }
    if terms.count == 1 { return "\(quoted(terms[0].name)) \(symbols[0]) :\(terms[0].name)" }
    if rowValues, Set(symbols).count == 1 {
      let columns = terms.map { quoted($0.name) }.joined(separator: ", ")
      let values = terms.map { ":\($0.name)" }.joined(separator: ", ")
      return "(\(columns)) \(symbols[0]) (\(values))"
    }
    let branches = terms.indices.map { position in
      let equal = terms[..<position].map { "\(quoted($0.name)) = :\($0.name)" }
      return (equal + ["\(quoted(terms[position].name)) \(symbols[position]) :\(terms[position].name)"])
        .joined(separator: " AND ")
    }
    return rowValues
      ? "(\(branches.joined(separator: " OR "))) AND \(quoted(terms[0].name)) \(symbols[0])= :\(terms[0].name)"
      : "one SELECT with ORDER BY and LIMIT for each of these, joined by UNION ALL: "
        + branches.joined(separator: "; ")
  }

  private static func caveats(
    _ terms: [Term], _ fixed: Set<String>, _ relation: RelationEvidence?
  ) -> [String] {
    var caveats: [String] = []
    let names = terms.map(\.name)
    let unique = (relation?.indexes ?? []).contains { index in
      index.isUnique && index.leadingColumns.allSatisfy { names.contains($0) || fixed.contains($0) }
    }
    if !unique {
      caveats.append(
        "No unique index on these columns was seen: rows with equal values at the end of a page would be left out; add a column that tells them apart."
      )
    }
    let nullable = names.filter { relation?.column($0).map { !$0.isNotNull } ?? false }
    if !nullable.isEmpty {
      caveats.append(
        "\(Words.list(nullable.map(quoted))) may be NULL: such rows never satisfy the condition.")
    }
    return caveats
  }
}
