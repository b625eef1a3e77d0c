import Catalog
import PlanModel
import Statements

/// One pass over a table: its rows, and the rows for which each predicate, and their conjunctions, hold.
///
///     SELECT count(*), count(*) FILTER (WHERE (o.status = 'open')), … FROM ONLY public.orders AS o
///
/// Predicates are those of the plan's nodes, as the server printed them, on this table's own columns.
struct CountingPass {
  let table: QualifiedName
  /// The labels under which the plan reads the table; each predicate uses one of them.
  let labels: [String]
  /// What is counted, besides all rows.
  let conjunctions: [[CountablePredicate]]
  /// Percent of the blocks to sample; `nil` counts all.
  let samplePercent: Int?

  /// The statement that counts.
  var statement: SafeSQL {
    let counts = conjunctions.map { conjunction -> SafeSQL in
      "count(*) FILTER (WHERE \(conjunction.map { $0.sql }.joined(separator: " AND ")))"
    }
    return "SELECT \((["count(*)"] + counts).joined(separator: ", ")) FROM \(source)"
  }

  /// The table under its first label, and the same row again under every other: one scan serves
  /// predicates that were written for different aliases.
  private var source: SafeSQL {
    let label = SQLIdentifier(labels.first ?? table.name)
    let sample: SafeSQL = samplePercent.map { " TABLESAMPLE SYSTEM (\($0))" } ?? ""
    let first: SafeSQL = "ONLY \(table) AS \(label)\(sample)"
    let others = labels.dropFirst().map { other -> SafeSQL in
      " CROSS JOIN LATERAL (SELECT \(label).*) AS \(SQLIdentifier(other))"
    }
    return ([first] + others).joined(separator: "")
  }
}

/// A predicate that may stand in a counting pass.
struct CountablePredicate: Hashable {
  /// As the plan prints it: the key by which rules find its count.
  var text: String
  /// The same, as a fragment that the grammar accepted.
  var sql: SafeSQL
  /// The column that it compares, where it is a plain one.
  var column: String?
}
