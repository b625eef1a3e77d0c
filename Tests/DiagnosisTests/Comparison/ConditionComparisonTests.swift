import Diagnosis
import PlanModel
import PlanReading
import Testing

@Suite struct ConditionComparisonTests {
  /// Conditions of two plans on one table, and those that only one of them checks.
  @Test(arguments: [
    ("Filter: (a = 1)", "Filter: (a = 1)", [], []),
    ("Filter: (a = 1)", "Filter: (t.a = 1)", [], []),
    ("Filter: ((a = 1) AND (b > 2))", "Filter: ((t.b > 2) AND (t.a = 1))", [], []),
    ("Index Cond: (a = 1)\n  Filter: (b > 2)", "Filter: ((b > 2) AND (a = 1))", [], []),
    ("Filter: (a = 1)", "Filter: (a = 2)", ["(a = 1)"], ["(a = 2)"]),
    ("Filter: (a = 1)", "Index Cond: (a = 2)", ["(a = 1)"], ["(a = 2)"]),
    ("Filter: (a = 1)", "Filter: ((a = 1) AND (b > 2))", [], ["(b > 2)"]),
    ("Filter: (s = 'it''s (a'::text)", "Filter: (s = 'it''s (a'::text)", [], []),
    ("Index Cond: (a = o.b)", "Filter: (c = 1)", [], ["(c = 1)"]),
    ("Index Cond: (a = o.b)", "Rows Removed by Filter: 3", [], []),
    ("Filter: (hashed SubPlan 1)", "Filter: (hashed SubPlan any_1)", [], []),
  ])
  func tellsTheConditionsOfOnePlanOnly(
    _ before: String, _ after: String, _ only: [String], _ other: [String]
  ) throws {
    let conditions = try Self.compare("Seq Scan on t\n  \(before)", "Seq Scan on t\n  \(after)")
    #expect(conditions.changes.flatMap(\.before) == only)
    #expect(conditions.changes.flatMap(\.after) == other)
    #expect(conditions.genericSide == nil)
  }

  @Test(arguments: [
    ("(a = $1)", "(a = 7)", PlanComparison.Side.before), ("(a = 7)", "(a = $1)", .after),
    ("(a = $1)", "(a = $2)", nil), ("(a = $1)", "(a = $1)", nil),
  ])
  func knowsAGenericPlan(_ before: String, _ after: String, _ side: PlanComparison.Side?) throws {
    let conditions = try Self.compare(
      "Seq Scan on t\n  Filter: \(before)", "Seq Scan on t\n  Filter: \(after)")
    #expect(conditions.genericSide == side)
  }

  @Test func takesWhatAnInitPlanReturnsForNoParameter() throws {
    let plan = { (filter: String) in
      "Seq Scan on t\n  Filter: \(filter)\n  InitPlan 1 (returns $0)\n    ->  Seq Scan on u"
    }
    let conditions = try Self.compare(plan("(a = $0)"), plan("(a = (InitPlan 1).col1)"))
    #expect(conditions.genericSide == nil)
  }

  @Test func readsTheConditionsOfABitmapWithTheScan() throws {
    let bitmap = """
      Bitmap Heap Scan on t
        Recheck Cond: (a = 1)
        ->  Bitmap Index Scan on t_a
              Index Cond: (a = 1)
      """
    #expect(try Self.compare(bitmap, "Seq Scan on t\n  Filter: (a = 1)").changes == [])
  }

  private static func compare(_ before: String, _ after: String) throws -> ConditionComparison {
    ConditionComparison(PlanComparison(try PlanReader.read(before).plan, try PlanReader.read(after).plan))
  }
}
