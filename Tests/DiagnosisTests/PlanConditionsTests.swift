import PlanModel
import PlanReading
import Testing

@testable import Diagnosis

@Suite struct PlanConditionsTests {
  /// A filter as EXPLAIN prints it, and what a scan of `orders o` makes of it: `column use` for each conjunct.
  @Test(arguments: [
    ("(o.status = 'open'::text)", "status equality"),
    ("((o.status)::text = 'open'::text)", "status equality"),
    ("(status = 'open'::text)", "status equality"),
    ("((o.customer_id)::text = '5'::text)", "- none"),
    ("(lower((o.note)::text) = 'x'::text)", "- none"),
    ("(lower((o.status)::text) = 'x'::text)", "lower(status::text) equality"),
    ("(lower(o.note) = 'x'::text)", "lower(note) equality"),
    ("('x'::text = lower(o.note))", "- none"),
    ("(lower(note) = ANY ('{x,y}'::text[]))", "lower(note) membership"),
    ("(length(btrim(o.note)) > 5)", "length(btrim(note)) range"),
    ("(lower(o.\"Note\") = 'x'::text)", "lower(\"Note\") equality"),
    ("(btrim(o.note, '-'::text) = 'x'::text)", "- none"),
    ("(\"left\"(o.note, 3) = 'x'::text)", "- none"),
    ("(crm.lower(o.note) = 'x'::text)", "- none"),
    ("(lower(o.note || 'z'::text) = 'x'::text)", "- none"),
    ("(date_trunc('day'::text, o.placed_at) = '2024-01-01 00:00:00+00'::timestamp with time zone)", "- none"),
    ("((o.placed_at)::date = '2024-01-01'::date)", "- none"),
    ("(upper(o.status) = lower(o.note))", "- none"),
    ("(lower(o.note) = lower(c.name))", "lower(note) equality outer"),
    ("(5 = o.customer_id)", "customer_id equality"),
    ("(o.customer_id = $0)", "customer_id equality outer"),
    ("(o.customer_id = c.id)", "customer_id equality outer"),
    ("(c.id = o.customer_id)", "customer_id equality outer"),
    ("(o.id = o.customer_id)", "- none"),
    ("(o.customer_id = (o.id + 1))", "- none"),
    ("(o.customer_id <> 5)", "- none"),
    ("(o.note ~~ '%x%'::text)", "- none"),
    ("(o.placed_at IS NULL)", "placed_at equality"),
    ("(o.placed_at IS NOT NULL)", "placed_at range"),
    ("o.is_open", "is_open equality"),
    ("(NOT o.is_open)", "is_open equality"),
    ("(o.customer_id = ANY ('{1,2}'::integer[]))", "customer_id membership"),
    ("(o.customer_id <> ALL ('{1,2}'::integer[]))", "- none"),
    ("((o.total > 5) AND (o.total < 9))", "total range, total range"),
    ("((o.total > 5) OR (o.customer_id = 3))", "- none"),
    ("((o.status = 'open'::text) AND (NOT (hashed SubPlan 1)))", "status equality, - none"),
    ("(o.total > (SubPlan 1))", "- none"),
    ("(ROW(o.id, o.total) > ROW(1, 2))", "id range"),
  ])
  func readsWhatAnIndexCouldServe(_ filter: String, expected: String) throws {
    let plan = """
      Seq Scan on public.orders o  (cost=0.00..1.00 rows=1 width=4) (actual time=0.002..0.372 rows=1 loops=1)
        Filter: \(filter)
        Rows Removed by Filter: 9
      """
    let predicates = try DiagnosticCase(plan).scanPredicates(of: 0)
    let words = predicates.map {
      "\($0.column ?? "-") \($0.use)\($0.column != nil && $0.dependsOnOuter ? " outer" : "")"
    }
    #expect(words.joined(separator: ", ") == expected)
  }

  @Test func namesTheColumnsThatThePlanTestsSortsAndGroupsBy() throws {
    let plan = try PlanReader.read(
      """
      GroupAggregate  (cost=0.00..1.00 rows=1 width=4)
        Group Key: o.status, c.region
        ->  Sort  (cost=0.00..1.00 rows=1 width=4)
              Sort Key: o.status DESC, c.region
              ->  Hash Join  (cost=0.00..1.00 rows=1 width=4)
                    Hash Cond: (o.customer_id = c.id)
                    ->  Seq Scan on public.orders o  (cost=0.00..1.00 rows=1 width=4)
                          Output: o.total, o.note
                          Filter: ((o.placed_at IS NULL) OR (o.id > 7))
                    ->  Hash  (cost=0.00..1.00 rows=1 width=4)
                          ->  Seq Scan on public.customers c  (cost=0.00..1.00 rows=1 width=4)
      """
    ).plan
    let conditions = PlanConditions(plan)
    #expect(conditions.columnNames(label: "o") == ["status", "customer_id", "placed_at", "id"])
    #expect(conditions.columnNames(label: "c") == ["region", "id"])
    #expect(conditions.predicates(.filter, of: 3).count == 1)
    #expect(conditions.predicates(.filter, of: 0).isEmpty)
  }

  @Test(arguments: [
    ("(o.status = 'open'::text)", true),
    ("((o.a = 1) OR (o.b = 2))", true),
    ("(o.customer_id = c.id)", false),
    ("(o.customer_id = $0)", false),
    ("(o.total > (SubPlan 1))", false),
    ("(random() < o.total)", false),
    ("(o.placed_at > now())", true),
    ("(1 = 1)", false),
  ])
  func knowsWhichPredicatesMayBeCountedApart(_ filter: String, isCountable: Bool) throws {
    let plan = try PlanReader.read(
      "Seq Scan on public.orders o  (cost=0.00..1.00 rows=1 width=4)\n  Filter: \(filter)"
    ).plan
    let predicate = try #require(PlanConditions(plan).predicates(.filter, of: 0).first)
    #expect(predicate.isCountable(label: "o") == isCountable)
  }
}
