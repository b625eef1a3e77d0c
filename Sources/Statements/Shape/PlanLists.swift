/// Lists as EXPLAIN prints them, read by PostgreSQL's grammar: `Sort Key`, `Output`, `Group Key`.
public enum PlanLists {
  /// The terms of a `Sort Key`: `o.created_at DESC, o.id`; empty when the grammar does not take it.
  public static func ordering(in text: String) -> [OrderTerm] {
    LargeStack.run { shape(of: "SELECT ORDER BY " + text)?.blocks.first?.ordering ?? [] }
  }

  /// The columns that each of the texts mentions; empty for one that the grammar does not take.
  public static func columns(in texts: [String]) -> [[ColumnReference]] {
    LargeStack.run {
      texts.map { shape(of: "SELECT " + $0)?.columns.map(\.column) ?? [] }
    }
  }

  /// The aggregates in an `Output`: `c.name, count(*)`; empty when the grammar does not take it.
  public static func aggregates(in text: String) -> [AggregateUse] {
    LargeStack.run { shape(of: "SELECT " + text)?.blocks.first?.aggregates ?? [] }
  }

  private static func shape(of text: String) -> StatementShape? {
    guard let checked = try? StatementText(text), let parsed = try? ParsedStatement(checked.string),
      parsed.statements.count == 1
    else { return nil }
    return ShapeReader.shape(of: parsed, fingerprint: "", normalized: "")
  }
}
