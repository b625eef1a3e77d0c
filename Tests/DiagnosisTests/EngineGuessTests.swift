import Catalog
import Diagnosis
import PlanReading
import Testing

@Suite struct EngineGuessTests {
  @Test(arguments: [
    ("Seq Scan on t  (cost=0.00..1.00 rows=1 width=4)", EngineProfile.Engine.postgres),
    ("Full Scan (btree-table) on t  (cost=0.00..1.00 rows=1 width=4)", .dsql),
    (
      """
      Index Only Scan using t_pkey on t  (cost=0.00..1.00 rows=1 width=4)
        -> Storage Scan on t_pkey (cost=0.00..1.00 rows=1 width=4)
      """, .dsql
    ),
    (
      """
      Result  (cost=0.00..0.01 rows=1 width=4) (actual time=0.002..0.002 rows=1 loops=1)
      Query Identifier: qymgw1m77maoe
      Execution Time: 0.528 ms
      """, .dsql
    ),
    (
      """
      Result  (cost=0.00..0.01 rows=1 width=4) (actual time=0.002..0.002 rows=1 loops=1)
      Query Identifier: 1234567890123
      Execution Time: 0.528 ms
      """, .postgres
    ),
    (
      """
      Result  (cost=0.00..0.01 rows=1 width=4) (actual time=0.002..0.002 rows=1 loops=1)
      Query Identifier: -1234567890123456789
      Execution Time: 0.528 ms
      """, .postgres
    ),
    (
      """
      Result  (cost=0.00..0.01 rows=1 width=4) (actual time=0.002..0.002 rows=1 loops=1)
      Execution Time: 0.528 ms
      Statement DPU Estimate:
        Compute: 0.01607 DPU
        Total: 0.01607 DPU
      """, .dsql
    ),
  ])
  func readsTheEngineOffThePlan(_ text: String, engine: EngineProfile.Engine) throws {
    #expect(EngineProfile.shown(by: try PlanReader.read(text).plan).engine == engine)
  }
}
