import PlanModel

/// What the thirty plans of Aurora DSQL say about their predicates, read by eye: node, layer, key and text.
enum DSQLPredicates {
  struct Row: Equatable, CustomStringConvertible {
    var node: Int
    var layer: PredicateLayer
    var key: String
    var text: String

    var description: String { "\(node) \(layer) \(key): \(text)" }
  }

  private static func index(_ node: Int, _ text: String) -> Row {
    Row(node: node, layer: .indexCondition, key: "Index Cond", text: text)
  }

  /// An index scan prints its condition, and so does the B-tree scan below.
  private static func index(_ nodes: [Int], _ text: String) -> [Row] { nodes.map { index($0, text) } }

  private static func storage(_ node: Int, _ text: String) -> Row {
    Row(node: node, layer: .storageFilter, key: "Filters", text: text)
  }

  private static func processor(_ node: Int, _ text: String) -> Row { processor(node, "Filter", text) }

  private static func processor(_ node: Int, _ key: String, _ text: String) -> Row {
    Row(node: node, layer: .queryProcessorFilter, key: key, text: text)
  }

  // MARK: The dispatch queue's conditions

  /// The five columns by which a queue is found.
  private static func queue(
    _ mode: Int, uuid: String = "-1", _ key: String, _ deployment: String, _ build: String,
    and further: String = ""
  ) -> String {
    "((queue_namespace = '<fixture-uuid\(uuid)>'::uuid) AND (queue_key = '<fixture-digest\(key)>'::text)"
      + " AND (routing_mode = '\(mode)'::smallint) AND (deployment_key = '<fixture-digest\(deployment)>'::text)"
      + " AND (build_key = '<fixture-digest\(build)>'::text)\(further))"
  }

  private static func anyQueue(_ mode: Int) -> String { queue(mode, uuid: "", "", "", "") }

  private static func queue0(and further: String = "") -> String {
    queue(0, "-1", "-2", "-3", and: further)
  }

  private static func queue1(and further: String = "") -> String {
    queue(1, "-1", "-4", "-5", and: further)
  }

  private static func after(_ time: String, _ uuid: String) -> String {
    "(ROW(priority_key, scheduled_at, run_key) > ROW('3'::smallint, '\(time)+00'::timestamp with time zone, '<fixture-uuid\(uuid)>'::uuid))"
  }

  /// Three disjoint ranges instead of a row comparison, and the join that fetches the rest of each row.
  private static func ranges(
    _ queue: (String) -> String, _ time: String, _ uuid: String
  ) -> [Row] {
    index(
      [5, 7],
      queue(
        " AND (priority_key = '3'::smallint) AND (scheduled_at = '\(time)+00'::timestamp with time zone) AND (run_key > '<fixture-uuid\(uuid)>'::uuid)"
      ))
      + index(
        [10, 12],
        queue(
          " AND (priority_key = '3'::smallint) AND (scheduled_at > '\(time)+00'::timestamp with time zone)"))
      + index([14, 16], queue(" AND (priority_key > '3'::smallint)"))
      + [processor(17, "Recheck Cond", "(run_key = candidates.run_key)")]
      + index([19, 21], "(run_key = candidates.run_key)")
  }

  private static func oneRange(_ queue: String) -> [Row] {
    index([3, 5], queue) + [processor(6, "Recheck Cond", "(run_key = candidates.run_key)")]
      + index([8, 10], "(run_key = candidates.run_key)")
  }

  // MARK: The plans

  static let all: [(plan: String, rows: [Row])] = [
    (
      "01-docs-full-scan-two-filters",
      [
        processor(0, "(description ~~ '%external%'::text)"),
        storage(1, "(transaction_date > '2025-01-01 00:00:00'::timestamp without time zone)"),
      ]
    ),
    (
      "02-docs-index-only-scan-three-layers",
      [
        index(0, "(customer_id = '4b18a761-5870-4d7c-95ce-0a48eca3fceb'::uuid)"),
        processor(0, "(balance > '100'::numeric)"),
        storage(1, "((status)::text = 'pending'::text)"),
        index(2, "(customer_id = '4b18a761-5870-4d7c-95ce-0a48eca3fceb'::uuid)"),
      ]
    ),
    (
      "03-docs-index-scan-storage-lookup-filters",
      [
        processor(0, "(balance > '100'::numeric)"),
        index(0, "(customer_id = '4b18a761-5870-4d7c-95ce-0a48eca3fceb'::uuid)"),
        storage(1, "((status)::text = 'pending'::text)"),
        index(2, "(customer_id = '4b18a761-5870-4d7c-95ce-0a48eca3fceb'::uuid)"),
        storage(3, "(created_at > '2025-01-01 00:00:00'::timestamp without time zone)"),
      ]
    ),
    ("04-docs-analyze-verbose-select-dpu", []),
    ("05-docs-analyze-verbose-insert-dpu", []),
    (
      "06-docs-batched-nested-loop-left-join",
      [
        processor(1, "(((status)::text = 'active'::text) OR (customer_id IS NULL))"),
        processor(1, "Recheck Cond", "(customer_id = t.account_id)"),
        processor(
          1, "Join Filter",
          "(balance > CASE WHEN (t.description ~~ 'fee%'::text) THEN '0'::numeric ELSE '100'::numeric END)"),
        storage(3, "(transaction_date >= '2025-01-01 00:00:00'::timestamp without time zone)"),
        index(5, "(customer_id = t.account_id)"),
      ]
    ),
    ("07-dat401-limit-sort-full-scan-small-table", [storage(3, "(payer_id = 1)")]),
    ("08-dat401-index-scan-backward-storage-lookup", index([1, 3], "(payer_id = 1)")),
    ("09-multiregion-insert-dpu", []),
    (
      "10-multiregion-select-limit-pushdown",
      index([1, 3], "(messages.cognito_id = '12345678-abcd-7a8b-9c0d-1e2f3a4b5c6d'::uuid)")
    ),
    ("11-numeric-index-only-scan-stale-estimate", index([1, 3], "(amount >= 10000.00)")),
    (
      "12-unique-sort-full-scan-ELIDED-by-author",
      [storage(3, "(ok AND as_of >= '2016-01-04' AND as_of <= '2026-08-26' AND source = 'nbu_fv')")]
    ),
    ("13-dispatch-index-scan-lookup-mode0", index([1, 3], anyQueue(0))),
    (
      "14-dispatch-row-comparison-residual-filter-mode0",
      [index(1, anyQueue(0)), processor(1, after("2023-11-14 22:13:20", "")), index(3, anyQueue(0))]
    ),
    ("15-dispatch-index-scan-lookup-mode1", index([1, 3], anyQueue(1))),
    (
      "16-dispatch-row-comparison-residual-filter-mode1",
      [index(1, anyQueue(1)), processor(1, after("2023-11-14 22:13:20", "")), index(3, anyQueue(1))]
    ),
    ("17-dispatch-home-index-only", index([1, 3], "(shard_id = '<fixture-uuid>'::uuid)")),
    (
      "18-dispatch-home-index-only-range",
      index([1, 3], "((shard_id = '<fixture-uuid>'::uuid) AND (run_key > '<fixture-uuid>'::uuid))")
    ),
    ("19-dispatch2-q0-off0-before-index-scan-lookup", index([1, 3], queue0())),
    ("20-dispatch2-q0-off0-after-cte-batched-join", oneRange(queue0())),
    (
      "21-dispatch2-q0-off768-before-row-filter",
      [index(1, queue0()), processor(1, after("2023-11-14 22:13:20", "-2")), index(3, queue0())]
    ),
    ("22-dispatch2-q0-off768-after-merge-append", ranges(queue0, "2023-11-14 22:13:20", "-2")),
    (
      "23-dispatch2-q0-off2048-before-row-filter",
      [index(1, queue0()), processor(1, after("2023-11-14 22:13:21", "-3")), index(3, queue0())]
    ),
    ("24-dispatch2-q0-off2048-after-merge-append", ranges(queue0, "2023-11-14 22:13:21", "-3")),
    ("25-dispatch2-q0-off3840-after-merge-append", ranges(queue0, "2023-11-14 22:13:23", "-4")),
    ("26-dispatch2-q1-off0-before-index-scan-lookup", index([1, 3], queue1())),
    ("27-dispatch2-q1-off0-after-cte-batched-join", oneRange(queue1())),
    ("28-dispatch2-q1-off768-after-merge-append", ranges(queue1, "2023-11-14 22:13:20", "-5")),
    ("29-dispatch2-home-index-only", index([1, 3], "(shard_id = '<fixture-uuid-8>'::uuid)")),
    (
      "30-dispatch2-home-index-only-range",
      index([1, 3], "((shard_id = '<fixture-uuid-8>'::uuid) AND (run_key > '<fixture-uuid-9>'::uuid))")
    ),
  ]
}
