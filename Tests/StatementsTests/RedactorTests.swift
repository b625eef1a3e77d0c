import Testing

@testable import Statements

@Suite struct RedactorTests {
  @Test(arguments: [
    ("SELECT * FROM t WHERE a = 5", "SELECT * FROM t WHERE a = $1"),
    ("SELECT '', 'x', E'a\\'b', U&'\\0061', N'n'", "SELECT $1, $2, $3, $4, N$5"),
    ("SELECT $$a'b$$, $x$ $$ $x$, B'01', X'1f'", "SELECT $1, $2, $3, $4"),
    ("SELECT 1, 1.5, .5, 1e10, 1", "SELECT $1, $2, $3, $4, $1"),
    ("SELECT date '2024-01-01', interval '1 day', 'a'::text", "SELECT date $1, interval $2, $3::text"),
    ("SELECT '{a,b}'::text[], ARRAY[1, 2]", "SELECT $1::text[], ARRAY[$2, $3]"),
    ("SELECT NULL, true, FALSE, current_date", "SELECT NULL, true, FALSE, current_date"),
    ("SELECT a1, \"b 2\", t3.c4 FROM s5.t3", "SELECT a1, \"b 2\", t3.c4 FROM s5.t3"),
    (
      "SELECT x::numeric(10,2), y::varchar(20), z::timestamp(3)",
      "SELECT x::numeric(10,2), y::varchar(20), z::timestamp(3)"
    ),
    ("SELECT f(10), \"numeric\" FROM t LIMIT 10", "SELECT f($1), \"numeric\" FROM t LIMIT $1"),
    ("SELECT 5 WHERE a = '5'", "SELECT $1 WHERE a = $1"),
    ("SELECT 'é''ü' || 'x'", "SELECT $1 || $2"),
    ("SELECT 'a'\n'b'", "SELECT $1"),
    ("SELECT 1 -- id = 4711\n + 2 /* 'secret' */", "SELECT $1 --\n + $2 /**/"),
    ("SELECT a-1, a - -2", "SELECT a-$1, a - -$2"),
    ("not sql 'unfinished", "$1"),
  ])
  func replacesConstantsAndNothingElse(_ sql: String, _ expected: String) {
    var redactor = Redactor()
    #expect(redactor.redact(sql: sql) == expected)
  }

  @Test func givesAConstantTheSameNumberEverywhere() {
    let sql = "SELECT * FROM t WHERE a = $1 AND b = 'x' AND c = 7 AND d = $3"
    var redactor = Redactor(avoiding: [sql])
    #expect(redactor.redact(sql: sql) == "SELECT * FROM t WHERE a = $1 AND b = $2 AND c = $4 AND d = $3")
    #expect(
      redactor.redact(planExpression: "((b = 'x'::text) AND (c = '7'::bigint))")
        == "((b = $2::text) AND (c = $4::bigint))")
    #expect(
      redactor.redact(
        indexDefinition:
          "CREATE INDEX i ON public.t USING btree (a, lower(e)) WITH (fillfactor='70') WHERE (b = 'x'::text)")
        == "CREATE INDEX i ON public.t USING btree (a, lower(e)) WITH (fillfactor='70') WHERE (b = $2::text)")
    #expect(redactor.count == 2)
  }

  static let plan = """
     Limit  (cost=0.43..8.45 rows=10 width=36) (actual time=0.020..0.021 rows=1 loops=1)
       Output: o.id, 'tag'::text, (o.n + 3)
       ->  Index Scan using "it's 5" on public.orders o  (cost=0.43..8.45 rows=1 width=36) (never executed)
             Index Cond: ((o.id = $0) AND (o.k = 42))
             Filter: ((o.note ~~ '%a''b%'::text) AND ((o.data -> 'key'::text) = '"v"'::jsonb))
             Rows Removed by Filter: 17
             Buffers: shared hit=3 read=2
             InitPlan 1 (returns $0)
               ->  Seq Scan on v2  (cost=0.00..1.00 rows=1 width=4)
                     Filter: (note = 'first
       ->  Seq Scan on fake  (cost=1)
     last'::text)
       ->  Full Scan (btree-table) on orders  (cost=100.0..200.0 rows=1 width=4)
             Filters: (status = 'open'::text)
             Limit: 64
             New Figure: (x > 99)
     Settings: work_mem = '64MB'
     Query Identifier: -123456789
     Planning Time: 0.150 ms
    (5 rows)
    """

  @Test func clearsAPlanAndKeepsItsFigures() {
    var redactor = Redactor(avoiding: [Self.plan])
    #expect(
      redactor.redact(planText: Self.plan) == """
         Limit  (cost=0.43..8.45 rows=10 width=36) (actual time=0.020..0.021 rows=1 loops=1)
           Output: o.id, $1::text, (o.n + $2)
           ->  Index Scan using "it's 5" on public.orders o  (cost=0.43..8.45 rows=1 width=36) (never executed)
                 Index Cond: ((o.id = $0) AND (o.k = $3))
                 Filter: ((o.note ~~ $4::text) AND ((o.data -> $5::text) = $6::jsonb))
                 Rows Removed by Filter: 17
                 Buffers: shared hit=3 read=2
                 InitPlan 1 (returns $0)
                   ->  Seq Scan on v2  (cost=0.00..1.00 rows=1 width=4)
                         Filter: (note = $7::text)
           ->  Full Scan (btree-table) on orders  (cost=100.0..200.0 rows=1 width=4)
                 Filters: (status = $8::text)
                 Limit: 64
                 New Figure: (x > $9)
         Settings: work_mem = '64MB'
         Query Identifier: -123456789
         Planning Time: 0.150 ms
        (5 rows)
        """)
  }

  @Test func clearsTheQueryOfALogEntry() {
    var redactor = Redactor()
    let text =
      "Query Text: SELECT *\nFROM t WHERE a = 'x'\n  AND b -> 'y' = '5'\nSeq Scan on t  (cost=0.00..1.00 rows=1 width=4)"
    #expect(
      redactor.redact(planText: text)
        == "Query Text: SELECT *\nFROM t WHERE a = $1\n  AND b -> $2 = $3\nSeq Scan on t  (cost=0.00..1.00 rows=1 width=4)"
    )
  }

  @Test(arguments: [
    (
      "[\n  {\n    \"Plan\": {\n      \"Node Type\": \"Seq Scan\",\n      \"Alias\": \"t 1\",\n      \"Plan Rows\": 5,\n      \"Filter\": \"(a = 'x\\\"y\\n'::text)\",\n      \"Output\": [\"a\", \"'z'::text\"]\n",
      "[\n  {\n    \"Plan\": {\n      \"Node Type\": \"Seq Scan\",\n      \"Alias\": \"t 1\",\n      \"Plan Rows\": 5,\n      \"Filter\": \"(a = $1::text)\",\n      \"Output\": [\"a\", \"$2::text\"]\n"
    ),
    (
      "- Plan: \n    Node Type: \"Seq Scan\"\n    Plan Rows: 5\n    Filter: \"(a = 'x'::text)\"\n    Output: \n      - \"a\"\n      - \"'x'::text\"",
      "- Plan: \n    Node Type: \"Seq Scan\"\n    Plan Rows: 5\n    Filter: \"(a = $1::text)\"\n    Output: \n      - \"a\"\n      - \"$1::text\""
    ),
    (
      "<explain>\n <Plan>\n  <Node-Type>Seq Scan</Node-Type>\n  <Plan-Rows>5</Plan-Rows>\n  <Filter>((a &lt; 'x&amp;y'::text) AND (b &lt;&gt; 3))</Filter>\n </Plan>",
      "<explain>\n <Plan>\n  <Node-Type>Seq Scan</Node-Type>\n  <Plan-Rows>5</Plan-Rows>\n  <Filter>((a &lt; $1::text) AND (b &lt;&gt; $2))</Filter>\n </Plan>"
    ),
    (
      "[{\"Plan\": {\"Node Type\": \"Seq Scan\", \"Filter\": \"(a = 'x'::text)\", \"Plan Rows\": 5}}]",
      "[{\"Plan\": {\"Node Type\": \"Seq Scan\", \"Filter\": \"(a = $1::text)\", \"Plan Rows\": 5}}]"
    ),
    (
      "[({'Plan': {'Node Type': 'Seq Scan', 'Filter': \"(a = 'x')\", 'Output': ['b']}},)]",
      "[({'Plan': {'Node Type': 'Seq Scan', 'Filter': \"(a = $1)\", 'Output': [\"b\"]}},)]"
    ),
    (
      "{\"Filter\"=>\"(a = 'x')\", \"Remote SQL\"=>\"SELECT 'cut",
      "{\"Filter\"=>\"(a = $1)\", \"Remote SQL\"=>$2"
    ),
    (
      "Query Text: \"SELECT 'x'\"\nPlan:\n  Node Type: \"Seq Scan\"\n  Filter: \"(a = 'x')\"",
      "Query Text: \"SELECT $1\"\nPlan:\n  Node Type: \"Seq Scan\"\n  Filter: \"(a = $1)\""
    ),
    (
      "- Plan:\n    Filter: (a = 'x')\n    Remote SQL: SELECT 'cut\n      here: and there'\n    Output: |-\n      secret: 'x'\n    Plan Rows: 5",
      "- Plan:\n    Filter: (a = $1)\n    Remote SQL: $2\n      $3\n    Output: |-\n      $4\n    Plan Rows: 5"
    ),
    (
      "<explain><Plan><Filter>(a = 'first\nsecret words\nlast')</Filter><Plan-Rows>5</Plan-Rows></Plan></explain>",
      "<explain><Plan><Filter>(a = $1)</Filter><Plan-Rows>5</Plan-Rows></Plan></explain>"
    ),
  ])
  func clearsTheOtherFormats(_ plan: String, _ expected: String) {
    var redactor = Redactor()
    #expect(redactor.redact(planText: plan) == expected)
  }
}
