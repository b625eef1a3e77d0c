import Catalog
import Statements

/// What one scan, or one join input, would ask of an index.
struct IndexDemand {
  /// Columns compared by equality with something that is known before the scan starts.
  var equalities: [ColumnDemand] = []
  /// Columns bounded from one side or both.
  var ranges: [ColumnDemand] = []
  /// The order that a filled LIMIT above wants, when this scan alone can give it.
  var ordering: [IndexKey] = []
  /// Rows that the LIMIT asks for.
  var limit: Double?
  /// The scan also tests what no key column can bound: expressions, patterns, OR.
  var hasOtherPredicates = false
  /// Conditions that are tested on each row.
  var tests = 1
  /// Columns that the scan tests or hands on; `nil` where they are not known, and where a whole row is wanted.
  var needed: Set<String>?
  /// The branches of the one OR that is tested, each of which an index of its own could serve.
  var alternatives: [ColumnDemand] = []
  /// Columns of few values that are not to have one of them: no key finds by that, the condition of a partial
  /// index may say it.
  var exclusions: [ColumnDemand] = []
  /// The tests as an index would state them, without qualifiers: a partial index may say the same.
  var statedConditions: Set<String> = []

  /// One column of the demand.
  struct ColumnDemand {
    var column: String
    /// Share of the table's rows for which the predicates on this column hold, counted or expected by its
    /// statistics; `nil` where neither is known.
    var selectivity: Double?
    /// The column inside, where ``column`` is an expression.
    var expressionColumn: String?
    /// Compared with a list of values, so that what follows it in an index is not in order.
    var isList = false
    /// The value changes from loop to loop: no count over the table can price it.
    var isTied = false
    /// Bounded from both sides.
    var isBoundedTwice = false
    /// The test as the WHERE of a partial index, where the statement itself holds the value and the column
    /// has few of them.
    var state: String?

    /// The key part that serves it.
    var key: IndexKey { IndexKey(column, isExpression: expressionColumn != nil) }
  }

  /// The column that a key part is made of.
  func column(of key: IndexKey) -> String {
    (equalities + ranges + alternatives).first { $0.key == key }?.expressionColumn ?? key.text
  }
}

extension IndexDemand {
  /// The columns that predicates fix or bound, each with the selectivity that was counted for it, or that the
  /// table's statistics give.
  init(_ predicates: [ScanPredicate], relation: RelationEvidence?, estimator: ClauseEstimator? = nil) {
    func demands(_ uses: ScanPredicate.Use...) -> [ColumnDemand] {
      let fitting = predicates.filter { uses.contains($0.use) && $0.column != nil }
      let columns = Dictionary(grouping: fitting) { $0.column ?? "" }
      return columns.sorted { $0.key < $1.key }.map { column, predicates in
        ColumnDemand(column, predicates, relation: relation, estimator: estimator)
      }
    }
    equalities = demands(.equality, .membership)
    let fixed = Set(equalities.map(\.column))
    hasOtherPredicates = predicates.contains { $0.use == .none || $0.column == nil }
    ranges = demands(.range).filter { !fixed.contains($0.column) }
    tests = max(predicates.count, 1)
    statedConditions = Set(predicates.compactMap { $0.source?.stated })
    exclusions = predicates.compactMap { predicate in
      guard predicate.source?.comparison == .notEqual, let column = predicate.source?.column?.name else {
        return nil
      }
      return ColumnDemand(column, [predicate], relation: relation, estimator: estimator)
    }
    let either = predicates.filter { !$0.alternatives.isEmpty }
    guard either.count == 1, either[0].alternatives.allSatisfy({ $0.column != nil && $0.use != .none }) else {
      return
    }
    alternatives = either[0].alternatives.map {
      ColumnDemand($0.column ?? "", [$0], relation: relation, estimator: estimator)
    }
  }

  /// Columns that predicates on them, or the order, name.
  var columns: Set<String> {
    Set((equalities + ranges + alternatives).map { $0.expressionColumn ?? $0.column } + ordering.map(\.text))
  }
}

extension IndexDemand.ColumnDemand {
  fileprivate init(
    _ column: String, _ predicates: [ScanPredicate], relation: RelationEvidence?, estimator: ClauseEstimator?
  ) {
    self.init(column: column, expressionColumn: predicates.first?.expressionColumn)
    isTied = predicates.contains(where: \.dependsOnOuter)
    isBoundedTwice =
      predicates.count { $0.use == .range } > 1 || predicates.contains { $0.source?.comparison == .between }
    isList = !predicates.contains { $0.use == .equality }
    guard !isTied else { return }
    let sources = predicates.compactMap(\.source)
    let expected =
      sources.count == predicates.count ? estimator?.product(of: sources).selectivity : nil
    selectivity = relation?.selectivity(of: predicates.map(\.text)) ?? expected
    let isState = predicates.count == 1 && predicates[0].isWritten
    state = isState ? sources.first?.state(of: relation?.column(column)) : nil
  }
}

extension ColumnPredicate {
  /// Its text without qualifiers and outer brackets, as `pg_get_expr` prints the WHERE of a partial index.
  fileprivate var stated: String? {
    guard var stated = text?.text else { return nil }
    for alias in Set(allColumns.compactMap(\.alias)) { stated = stated.replacing("\(alias).", with: "") }
    return stated.withoutOuterBrackets
  }
}

extension String {
  /// Without the pair of brackets around all of it.
  var withoutOuterBrackets: String {
    guard hasPrefix("("), hasSuffix(")") else { return self }
    var depth = 0
    for (place, character) in zip(indices, self) {
      depth += character == "(" ? 1 : character == ")" ? -1 : 0
      if depth == 0, index(after: place) != endIndex { return self }
    }
    return String(dropFirst().dropLast()).withoutOuterBrackets
  }
}
