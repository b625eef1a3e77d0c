/// Plans of a wanted size, as EXPLAIN (ANALYZE, VERBOSE, BUFFERS) prints them.
public enum SamplePlans {
  /// An Append over nested loops of two index scans each, as partitioned tables give them: TEXT.
  public static func text(nodes: Int) -> String {
    let groups = groups(nodes)
    let head = "Append  (cost=0.00..\(groups * 100).00 rows=\(groups * 10) width=36) "
    let body = (0..<groups).map(textGroup).joined(separator: "\n")
    return head
      + "(actual time=0.010..\(groups).000 rows=\(groups * 10) loops=1)\n\(body)\nPlanning Time: 0.500 ms\n"
      + "Execution Time: \(groups).500 ms"
  }

  /// The same plan as JSON.
  public static func json(nodes: Int) -> String {
    let groups = groups(nodes)
    let append = JSONNode(
      type: "Append", estimate: ("0.00", "\(groups * 100).00", groups * 10, 36),
      actual: ("0.010", "\(groups).000", groups * 10, 1))
    return """
      [
        {
          "Plan": \(append.text(indented: 4, below: (0..<groups).map(jsonGroup))),
          "Planning Time": 0.500,
          "Triggers": [
          ],
          "Execution Time": \(groups).500
        }
      ]
      """
  }

  /// Nodes of one child each down to a Result. PostgreSQL would step by six columns; here it is one, since text that
  /// is indented grows with the square of the depth.
  public static func textChain(levels: Int) -> String {
    (0..<levels).map { level in
      String(repeating: " ", count: level) + (level == 0 ? "" : "->  ")
        + (level == levels - 1 ? "Result" : "Subquery Scan on q\(level)")
        + "  (cost=0.43..99.00 rows=10 width=36) (actual time=0.010..0.990 rows=10 loops=1)\n"
    }.joined()
  }

  /// The same without any indentation: a JSON document as a log has it on one line.
  public static func jsonChain(levels: Int) -> String {
    let nodes = (0..<levels).map { level in
      (level == levels - 1
        ? #"{"Node Type":"Result","# : #"{"Node Type":"Subquery Scan","Alias":"q\#(level)","#)
        + #""Startup Cost":0.43,"Total Cost":99.00,"Plan Rows":10,"Plan Width":36,"Actual Startup Time":0.010,"#
        + #""Actual Total Time":0.990,"Actual Rows":10,"Actual Loops":1"#
    }
    return #"[{"Plan":"# + nodes.joined(separator: #","Plans":["#) + "}"
      + String(repeating: "]}", count: levels - 1) + "}]"
  }

  private static func groups(_ nodes: Int) -> Int { max(1, (nodes - 1) / 3) }

  // MARK: One partition

  private static func textGroup(_ number: Int) -> String {
    """
      ->  Nested Loop  (cost=0.43..99.00 rows=10 width=36) (actual time=0.010..0.990 rows=10 loops=1)
            Output: p\(number).id, p\(number).placed_at, c.name
            Buffers: shared hit=42 read=3
            ->  Index Scan using orders_p\(number)_pkey on public.orders_p\(number) p\(number)  (cost=0.43..8.45 rows=10 width=20) (actual time=0.008..0.100 rows=10 loops=1)
                  Output: p\(number).id, p\(number).placed_at, p\(number).customer_id
                  Index Cond: (p\(number).id = ANY ('{1,2,3}'::bigint[]))
                  Filter: (p\(number).status = 'open'::text)
                  Rows Removed by Filter: 12
                  Buffers: shared hit=12 read=3
            ->  Index Scan using customers_pkey on public.customers c  (cost=0.29..8.31 rows=1 width=20) (actual time=0.004..0.080 rows=1 loops=10)
                  Output: c.id, c.name, c.region
                  Index Cond: (c.id = p\(number).customer_id)
                  Buffers: shared hit=30
    """
  }

  private static func jsonGroup(_ number: Int) -> String {
    let join = JSONNode(
      type: "Nested Loop", members: [("Parent Relationship", "Member"), ("Join Type", "Inner")],
      estimate: ("0.43", "99.00", 10, 36), actual: ("0.010", "0.990", 10, 1),
      output: ["p\(number).id", "p\(number).placed_at", "c.name"], blocks: (42, 3))
    let orders = JSONNode(
      type: "Index Scan", members: scan("Outer", "orders_p\(number)_pkey", "orders_p\(number)", "p\(number)"),
      estimate: ("0.43", "8.45", 10, 20), actual: ("0.008", "0.100", 10, 1),
      output: ["p\(number).id", "p\(number).placed_at", "p\(number).customer_id"],
      conditions: [
        ("Index Cond", "(p\(number).id = ANY ('{1,2,3}'::bigint[]))"),
        ("Filter", "(p\(number).status = 'open'::text)"),
      ], removed: 12, blocks: (12, 3))
    let customers = JSONNode(
      type: "Index Scan", members: scan("Inner", "customers_pkey", "customers", "c"),
      estimate: ("0.29", "8.31", 1, 20), actual: ("0.004", "0.080", 1, 10),
      output: ["c.id", "c.name", "c.region"], conditions: [("Index Cond", "(c.id = p\(number).customer_id)")],
      blocks: (30, 0))
    return join.text(
      indented: 8, below: [orders.text(indented: 12, below: []), customers.text(indented: 12, below: [])])
  }

  private static func scan(
    _ relationship: String, _ index: String, _ table: String, _ alias: String
  ) -> [(String, String)] {
    [
      ("Parent Relationship", relationship), ("Scan Direction", "Forward"), ("Index Name", index),
      ("Relation Name", table), ("Schema", "public"), ("Alias", alias),
    ]
  }
}

/// A node with the members that PostgreSQL prints in FORMAT JSON, zeros included.
private struct JSONNode {
  var type: String
  var members: [(String, String)] = []
  var estimate: (startup: String, total: String, rows: Int, width: Int)
  var actual: (startup: String, total: String, rows: Int, loops: Int)
  var output: [String] = []
  var conditions: [(String, String)] = []
  var removed: Int?
  var blocks: (hit: Int, read: Int) = (0, 0)

  func text(indented column: Int, below children: [String]) -> String {
    let indentation = String(repeating: " ", count: column)
    var lines = ([("Node Type", type)] + members).map { "\"\($0)\": \"\($1)\"" }
    lines += ["\"Parallel Aware\": false", "\"Async Capable\": false"]
    lines += figures.map { "\"\($0)\": \($1)" }
    if !output.isEmpty {
      lines.append("\"Output\": [" + output.map { "\"\($0)\"" }.joined(separator: ", ") + "]")
    }
    lines += conditions.map { "\"\($0)\": \"\($1)\"" }
    lines += removed.map { ["\"Rows Removed by Filter\": \($0)"] } ?? []
    lines += buffers.map { "\"\($0)\": \($1)" }
    let below = "\"Plans\": [\n\(indentation)    "
    if !children.isEmpty {
      lines.append(below + children.joined(separator: ",\n\(indentation)    ") + "\n\(indentation)  ]")
    }
    return "{\n\(indentation)  " + lines.joined(separator: ",\n\(indentation)  ") + "\n\(indentation)}"
  }

  private var figures: [(String, String)] {
    [
      ("Startup Cost", estimate.startup), ("Total Cost", estimate.total), ("Plan Rows", "\(estimate.rows)"),
      ("Plan Width", "\(estimate.width)"), ("Actual Startup Time", actual.startup),
      ("Actual Total Time", actual.total), ("Actual Rows", "\(actual.rows)"),
      ("Actual Loops", "\(actual.loops)"),
    ]
  }

  private var buffers: [(String, Int)] {
    [
      ("Shared Hit Blocks", blocks.hit), ("Shared Read Blocks", blocks.read), ("Shared Dirtied Blocks", 0),
      ("Shared Written Blocks", 0), ("Local Hit Blocks", 0), ("Local Read Blocks", 0),
      ("Local Dirtied Blocks", 0), ("Local Written Blocks", 0), ("Temp Read Blocks", 0),
      ("Temp Written Blocks", 0),
    ]
  }
}
