import Catalog
import PlanModel
import Statements

/// The statements that collect the evidence of a plan, for a reader who must run them elsewhere.
///
/// The same text that a live run sends.
public struct EvidenceSQL: Sendable {
  private let tables: [QualifiedName]

  /// Evidence SQL for the tables that a plan reads.
  public init(for plan: ExplainedPlan) { tables = PlanTables(plan).names }

  /// One script, ready for psql; `nil` when the plan reads no table.
  public var text: String? {
    guard !tables.isEmpty else { return nil }
    let queries = CatalogQueries(tables: tables)
    let counts = tables.map { table -> SafeSQL in "SELECT count(*) FROM \(table)" }
    let all = queries.questions.compactMap(\.forms.first).map(\.sql) + counts
    return all.map { $0.text + ";" }.joined(separator: "\n\n")
  }
}
