import Catalog
import PlanModel
import SQLNames
import Statements

/// Finds full scans for patterns, and for what documents, arrays and texts contain, that another kind of index serves.
///
/// ## Why it matters
/// A B-tree finds values by their start. What stands in the middle of a text, in an array or in a document is found
/// only by reading every row, unless an index holds the pieces: trigrams, words, elements.
///
/// ## Formula
/// A full scan that discards rows by LIKE, ILIKE, a regular expression, `@>`, `&&`, `?`, `@@` or `= ANY (column)`.
/// Impact is the scan's own time.
///
/// ## Thresholds
/// - waste over 50% (plan-math.md, "high"), impact at least 5%, 1,000 rows, as FullScanFilterWaste
/// - at most 25% of the rows wanted, and by the planner's cost model, for the rows that it expects or that came,
///   whichever are more, the index saves at least 20% (experiments.md)
/// - three letters or digits in a row: a trigram index holds pieces of three (manual, "pg_trgm")
///
/// ## Silent when
/// An index that serves the condition exists and the planner had a choice, or an index on other columns of the same
/// filter leads to no more rows.
///
/// ## Remedies
/// A trigram index (with the extension pg_trgm, where the server has it) for text inside, a B-tree with
/// `text_pattern_ops` for how a text starts under a collation other than C, GIN for arrays, documents and words, GiST
/// for ranges. `value = ANY (column)` must be written `column @> ARRAY[value]` as well. Not tried: the index does
/// not exist yet.
///
/// ## Known limits
/// How many rows a trigram index leads to besides the wanted ones is not known before it is built. Patterns of
/// `character(n)` columns and negated patterns are left alone.
public struct PatternMatch: Rule {
  /// The name of this rule and of its page.
  public static let name: RuleName = "PatternMatch"

  /// The rule has no settings.
  public init() {}

  /// Looks at every full scan that discards most of what it reads.
  public func examine(_ query: DiagnosticCase) -> RuleOutcome {
    let scans = TestedScan.wasteful(in: query).filter(\.isFull)
    guard query.plan.isAnalyzed || !scans.isEmpty else { return .notExamined(.notAnalyzed) }
    return .examined(scans.compactMap { finding(for: $0, in: query) })
  }

  private func finding(for scan: TestedScan, in query: DiagnosticCase) -> Finding? {
    let impact = query.impact(ofOwnTimeOf: scan.nodes)
    guard impact.share >= TestedScan.leastShare, scan.tableRows >= IndexAdvisor.leastTableRows,
      let test = test(of: scan, in: query), serving(test, scan).isEmpty
    else { return nil }
    let obstacle = obstacle(to: test, scan, in: query)
    return Finding(
      rule: Self.name, title: title(test, scan), blamedNodes: scan.nodes, impact: impact,
      observations: [scan.observation(in: query)], measurements: scan.measurements,
      cause: cause(test, scan, query),
      remedies: obstacle == nil ? remedies(test, scan, impact, in: query) : [], noRemedy: obstacle,
      key: ProblemKey(Self.name, "\(scan.table.label)(\(test.column))"))
  }

  /// The condition with the fewest rows.
  private func test(of scan: TestedScan, in query: DiagnosticCase) -> ContainmentTest? {
    let found = scan.predicates.compactMap {
      ContainmentTest($0, label: scan.label, relation: scan.relation)
    }
    let wanted = found.min { rows($0, scan) < rows($1, scan) }
    return wanted.flatMap { isWorthwhile($0, scan, query) ? $0 : nil }
  }

  private func rows(_ test: ContainmentTest, _ scan: TestedScan) -> Double {
    max(scan.rows(for: test.predicate) ?? scan.rowsReturned, scan.rowsReturned)
  }

  private func isWorthwhile(_ test: ContainmentTest, _ scan: TestedScan, _ query: DiagnosticCase) -> Bool {
    let expected = scan.nodes.map { query.planRows(of: $0) * query.parallelDivisor(of: $0) }.reduce(0, +)
    let rows = max(rows(test, scan), min(expected, scan.rowsRead))
    return rows <= IndexAdvisor.largestWantedShare * scan.rowsRead
      && query.saving(of: scan, fetching: rows) ?? 1 >= ExpressionOnColumn.leastSaving
      && !scan.hasBetterIndex(than: test.predicate, in: query)
  }

  /// Valid indexes that serve the condition.
  private func serving(_ test: ContainmentTest, _ scan: TestedScan) -> [IndexDefinition] {
    (scan.relation?.indexes ?? []).filter { index in
      index.isValid && index.predicate == nil && index.keys.contains { serves($0, of: index, test) }
    }
  }

  private func serves(_ key: IndexKey, of index: IndexDefinition, _ test: ContainmentTest) -> Bool {
    guard key.text.filter({ !"() ".contains($0) }) == test.key.text.filter({ !"() ".contains($0) }) else {
      return false
    }
    switch test.kind {
    case .prefix:
      return index.keys.first == key && key.operatorClass?.hasSuffix("pattern_ops") ?? false
        || key.operatorClass?.hasSuffix("trgm_ops") ?? false
    case .pattern(let hasTrigrams):
      return key.operatorClass?.hasSuffix("trgm_ops") ?? false && hasTrigrams ?? true
    // Written as `= ANY` it is served by none.
    case .anyOf: return false
    case .contained: return index.accessMethod == test.method.rawValue || index.accessMethod == "gist"
    }
  }

  // MARK: Remedies

  /// Why no index is advised.
  private func obstacle(to test: ContainmentTest, _ scan: TestedScan, in query: DiagnosticCase) -> String? {
    if test.kind == .pattern(hasTrigrams: false) {
      return """
        The pattern has no three letters or digits in a row: a trigram index would have nothing to look up. Ask for \
        at least three characters, or search by another condition.
        """
    }
    if let isPlain = plainOrder(test, query) { return isPlain ? nil : collationUnknown }
    guard query.engine.hasInvertedIndexes || test.method == .btree else {
      return
        "\(query.engine.name) has no trigram or GIN indexes: search by another condition, or outside the database."
    }
    guard let name = test.requiredExtension, let available = query.evidence.database.availableExtensions,
      !available.contains(name), !query.evidence.database.extensions.contains(name)
    else { return nil }
    return "A trigram index would serve, but the extension \(name) is not available on this server."
  }

  private let collationUnknown =
    "Whether a plain index serves depends on the collation, which was not read: under C it does."

  /// On an engine without operator classes for patterns: whether a plain B-tree is known to be in the order of
  /// bytes; `nil` where that is no question.
  private func plainOrder(_ test: ContainmentTest, _ query: DiagnosticCase) -> Bool? {
    guard case .prefix = test.kind, !query.engine.hasInvertedIndexes else { return nil }
    return isByteOrdered(query.evidence.database.collation)
  }

  private func isByteOrdered(_ collation: String?) -> Bool {
    collation.map { ["C", "POSIX", "ucs_basic"].contains($0) } ?? false
  }

  private func remedies(
    _ test: ContainmentTest, _ scan: TestedScan, _ impact: Impact, in query: DiagnosticCase
  ) -> [Remedy] {
    let build = Remedy(
      .createIndex(proposal(test, scan, in: query)), rationale: rationale(test), caveats: caveats(test, scan),
      expectation: expectation(impact, scan))
    guard case .anyOf(let contained) = test.kind else { return [build] }
    let written = PrintedText.unbracketed(
      PrintedText.unqualified(test.predicate.text?.text ?? "", label: scan.label))
    let index = containing(test, scan)
    let change = StatementAdvice.remedy(
      "Write \(contained) instead of \(written)",
      rationale: "It holds for the same rows, and is the form that \(index?.words ?? "a GIN index") serves.",
      caveats: index == nil ? ["The index is of use to the statement only in this form."] : [],
      impact: impact,
      replacing: "the scan's own time")
    return index == nil ? [build, change] : [change]
  }

  /// The index that serves the test once it is written with `@>`.
  private func containing(_ test: ContainmentTest, _ scan: TestedScan) -> IndexDefinition? {
    (scan.relation?.indexes ?? []).first { index in
      index.isValid && index.predicate == nil && index.accessMethod == test.method.rawValue
        && index.keys.contains { $0.text == test.key.text }
    }
  }

  private func proposal(_ test: ContainmentTest, _ scan: TestedScan, in query: DiagnosticCase)
    -> IndexProposal
  {
    let partitions = query.advisor(for: scan).partitionsRead
    let siblings = scan.relation?.statistics.partitions
    return IndexProposal(
      table: scan.table, keys: [key(test, scan, in: query)], method: test.method,
      requiredExtension: test.requiredExtension,
      partitions: partitions.isEmpty ? [] : siblings?.map(\.name) ?? partitions,
      listsAllPartitions: partitions.isEmpty || siblings != nil)
  }

  /// Under C a plain B-tree is in the order of bytes, and serves comparisons as well.
  private func key(_ test: ContainmentTest, _ scan: TestedScan, in query: DiagnosticCase) -> IndexKey {
    let collation = scan.relation?.column(test.column)?.collation ?? query.evidence.database.collation
    guard case .prefix = test.kind, isByteOrdered(collation) else { return test.key }
    return IndexKey(test.key.text, isExpression: test.key.isExpression)
  }

  private func rationale(_ test: ContainmentTest) -> String {
    switch test.kind {
    case .prefix: "In the order of characters an index leads to all values that start like this."
    case .pattern: "An index of trigrams leads to the rows that hold every three characters of the pattern."
    case .anyOf, .contained: "An index of what the values contain leads to the rows that contain this."
    }
  }

  private func caveats(_ test: ContainmentTest, _ scan: TestedScan) -> [String] {
    var caveats: [String] = []
    if test.method != .btree {
      caveats.append(
        "It holds every piece of every value: it may be as large as the column itself, and writes cost more than with a B-tree."
      )
    }
    if test.kind == .pattern(hasTrigrams: nil) {
      caveats.append(
        "The pattern is a parameter: one with fewer than three characters in a row reads the whole index.")
    }
    if let count = scan.relation?.indexes?.count {
      caveats.append(
        "The table has \(Words.count(Double(count))) \(count == 1 ? "index" : "indexes"); every write to the column maintains one more."
      )
    }
    return caveats
  }

  private func expectation(_ impact: Impact, _ scan: TestedScan) -> ExpectedImpact {
    let source = "the scan's own time in the captured plan; not tried: the index does not exist yet"
    return impact.milliseconds.map { .computed(upTo: $0, from: source) }
      ?? .computedCost(upToShare: impact.share, from: source)
  }

  // MARK: Words

  private func title(_ test: ContainmentTest, _ scan: TestedScan) -> String {
    let column = SQLIdentifier(test.column).quoted
    return switch test.kind {
    case .prefix: "Full scan of \(scan.table.quoted) for values of \(column) that start alike"
    case .pattern: "Full scan of \(scan.table.quoted) for a pattern in \(column)"
    case .anyOf, .contained: "Full scan of \(scan.table.quoted) for what \(column) contains"
    }
  }

  private func cause(_ test: ContainmentTest, _ scan: TestedScan, _ query: DiagnosticCase) -> Cause {
    let words = PrintedText.unqualified(test.predicate.text?.text ?? "", label: scan.label)
    let tested = "The filter tests \(PrintedText.unbracketed(words)). \(why(test, scan, query))"
    guard let indexes = scan.relation?.indexes else {
      return Cause(
        [tested, "Which indexes the table has was not seen."], basis: .unverified,
        falsifier: "an index that serves this condition exists and the planner had a reason to pass it over",
        check: CheckQueries.indexes(of: scan.table).text)
    }
    let listed = indexes.isEmpty ? "no index" : Words.list(indexes.prefix(6).map(\.words))
    return Cause(
      [tested, "The table has \(listed): none serves it as it is written."], basis: .supportedByCatalog,
      falsifier: "after building the index the plan still shows the full scan")
  }

  private func why(_ test: ContainmentTest, _ scan: TestedScan, _ query: DiagnosticCase) -> String {
    switch test.kind {
    case .prefix:
      let collation = scan.relation?.column(test.column)?.collation ?? query.evidence.database.collation
      guard let collation, !isByteOrdered(collation) else {
        return "An index on the column could lead to the values that start like this."
      }
      return
        "Under the collation \(collation) a plain index is not in the order of characters, and cannot tell where values that start alike are."
    case .pattern: return "A B-tree finds texts by their start, and this pattern may start with anything."
    case .anyOf:
      return "No index serves = ANY (column); the same test written with @> is one that GIN serves."
    case .contained: return "A B-tree compares whole values and knows nothing of what is in them."
    }
  }
}
