/// A statement that sleeps in known places, so that nobody's arithmetic is needed to say where its time went.
struct SleepCase: Sendable, CustomStringConvertible {
  var query: LiveQuery
  var isVerbose = false
  /// By the label of a node the milliseconds that it sleeps itself, over all loops and processes. Nodes of one
  /// label are taken together; all others sleep not at all.
  var sleeps: [String: Double]
  /// By label the processes that ran a node of the plan; `nil`: the plan does not tell.
  var ranIn: [String: Double?] = [:]
  /// Labels of nodes that were never executed.
  var neverExecuted: Set<String> = []
  /// Milliseconds that go into data-modifying CTEs after the root has finished.
  var afterRoot = 0.0

  var description: String { query.description }
}

extension SleepCase {
  /// `nap` sleeps so many seconds, in any process; `slow_number` as well, and may bound an index scan.
  static let schema = """
    CREATE FUNCTION slow_number(result int, seconds float8) RETURNS int LANGUAGE plpgsql STABLE PARALLEL SAFE
      AS 'BEGIN PERFORM pg_sleep(seconds); RETURN result; END';
    CREATE TABLE alone_1(id int) WITH (parallel_workers = 0);
    CREATE TABLE alone_2(id int) WITH (parallel_workers = 0);
    INSERT INTO alone_1 SELECT generate_series(1, 500);
    INSERT INTO alone_2 SELECT generate_series(1, 500);
    ANALYZE alone_1, alone_2;
    """

  private static let parallel = LiveCorpus.parallel
  private static let serial = ["max_parallel_workers_per_gather = 0"]
  private static let sleep = "Function Scan on pg_sleep"

  static let all = expressions + initPlans + subPlans + ctes + parallelPlans

  static let expressions = [
    SleepCase(
      query: LiveQuery("filter", "SELECT * FROM few WHERE id <= 4 AND nap(0.05)"),
      sleeps: ["Seq Scan on few": 200]),
    SleepCase(
      query: LiveQuery(
        "select list of a join", LiveCorpus.hashOnly,
        "SELECT nap(0.05), a.* FROM few a JOIN few b USING (id) WHERE a.id <= 4"),
      sleeps: ["Hash Join": 200]),
    SleepCase(
      query: LiveQuery(
        "join filter", LiveCorpus.loopOnly,
        "SELECT * FROM few a LEFT JOIN few b ON a.id = b.id AND nap(0.05 + 0 * (a.id + b.id)) WHERE a.id <= 4"
      ),
      sleeps: ["Nested Loop Left Join": 200]),
    SleepCase(
      query: LiveQuery(
        "inner side", LiveCorpus.loopOnly,
        "SELECT * FROM few a, LATERAL (SELECT nap(0.05) FROM customers c WHERE c.id = a.id OFFSET 0) n WHERE a.id <= 4"
      ),
      sleeps: ["Index Only Scan using customers_pkey on customers c": 200]),
    SleepCase(
      query: LiveQuery("argument of an aggregate", "SELECT count(nap(0.05)) FROM few WHERE id <= 4"),
      sleeps: ["Aggregate": 200]),
    SleepCase(
      query: LiveQuery(
        "inner side that is never executed", LiveCorpus.loopOnly + ["enable_material = off"],
        "SELECT * FROM (SELECT * FROM few WHERE nap(0.007) AND id < 0) a JOIN customers c ON c.id = a.id AND nap(1)"
      ),
      sleeps: [:], neverExecuted: ["Index Scan using customers_pkey on customers c"]),
    SleepCase(
      query: LiveQuery(
        "outer side without rows", LiveCorpus.loopOnly,
        "SELECT * FROM few a LEFT JOIN customers c ON c.id = a.id WHERE a.id <= 4 AND NOT nap(0.05 + 0 * a.id)"
      ),
      sleeps: ["Seq Scan on few a": 200], neverExecuted: ["Index Scan using customers_pkey on customers c"]),
  ]

  static let initPlans = [
    SleepCase(
      query: LiveQuery(
        "InitPlan in a filter", LiveCorpus.seqScanOnly,
        "SELECT count(*) FROM customers WHERE id > (SELECT 1 FROM pg_sleep(0.2))"),
      sleeps: [sleep: 200]),
    SleepCase(
      query: LiveQuery(
        "InitPlan as a column", "SELECT name, (SELECT 1 FROM pg_sleep(0.2)) FROM customers ORDER BY name"),
      sleeps: [sleep: 200]),
    SleepCase(
      query: LiveQuery(
        "InitPlan as a column, with Output",
        "SELECT name, (SELECT 1 FROM pg_sleep(0.2)) FROM customers ORDER BY name"),
      isVerbose: true, sleeps: ["Function Scan on pg_catalog.pg_sleep": 200]),
    SleepCase(
      query: LiveQuery("InitPlan as a limit", "SELECT * FROM customers LIMIT (SELECT 3 FROM pg_sleep(0.2))"),
      sleeps: [sleep: 200]),
    SleepCase(
      query: LiveQuery(
        "InitPlan that an inner index scan needs", LiveCorpus.loopOnly,
        "SELECT * FROM few f LEFT JOIN part p ON p.id = (SELECT 7 FROM pg_sleep(0.2)) AND p.k < f.id"),
      sleeps: [sleep: 200]),
    SleepCase(
      query: LiveQuery(
        "InitPlan that prunes partitions", "SELECT * FROM part WHERE id = (SELECT 12345 FROM pg_sleep(0.2))"),
      sleeps: [sleep: 200],
      neverExecuted: ["Index Scan using part_1_id_idx on part_1", "Index Scan using part_3_id_idx on part_3"]),
    SleepCase(
      query: LiveQuery(
        "InitPlan within an InitPlan", LiveCorpus.seqScanOnly,
        """
        SELECT count(*) FROM customers WHERE id > (SELECT min(id) FROM few WHERE id <= 4 AND nap(0.05)
          AND id > (SELECT 0 FROM pg_sleep(0.2)))
        """),
      sleeps: [sleep: 200, "Seq Scan on few": 200]),
    SleepCase(
      query: LiveQuery(
        "two readers of one InitPlan", LiveCorpus.seqScanOnly,
        "SELECT * FROM customers a JOIN customers b ON a.id = b.id WHERE a.id = (SELECT 5 FROM pg_sleep(0.2))"
      ),
      sleeps: [sleep: 200]),
    SleepCase(
      query: LiveQuery(
        "two readers of one InitPlan, the second of which takes longer", LiveCorpus.seqScanOnly,
        """
        SELECT * FROM customers a JOIN customers b ON a.id = b.id
        WHERE a.id = (SELECT 5 FROM pg_sleep(0.2)) AND nap(0.3 + 0 * b.region)
        """),
      sleeps: [sleep: 200, "Seq Scan on customers b": 300]),
    SleepCase(
      query: LiveQuery(
        "eleven InitPlans, the first and the last of which sleep",
        LiveCorpus.hashOnly + LiveCorpus.seqScanOnly,
        """
        SELECT * FROM (SELECT id FROM few WHERE \((1...10).map { "id <> (SELECT -\($0))" }.joined(separator: " AND "))
          AND id > (SELECT 0 FROM pg_sleep(0.15))) f
        JOIN (SELECT id FROM customers WHERE id > (SELECT 0 FROM pg_sleep(0.2))) c USING (id)
        """),
      sleeps: [sleep: 150, "Function Scan on pg_sleep pg_sleep_1": 200]),
    SleepCase(
      query: LiveQuery(
        "InitPlan that is never executed",
        "SELECT * FROM few WHERE id < 0 AND nap(0.001) AND id > (SELECT 0 FROM pg_sleep(1))"),
      sleeps: [:], neverExecuted: [sleep]),
  ]

  static let subPlans = [
    SleepCase(
      query: LiveQuery(
        "SubPlan in a filter", "SELECT * FROM few WHERE id < 5 AND (SELECT nap(0.05) AND few.id > 0)"),
      sleeps: ["Result": 200]),
    SleepCase(
      query: LiveQuery(
        "SubPlan as a column of a slow scan",
        "SELECT id, (SELECT nap(0.05) AND few.id > 0) FROM few WHERE id < 5 AND nap(0.06)"),
      sleeps: ["Result": 200, "Seq Scan on few": 240]),
    SleepCase(
      query: LiveQuery(
        "hashed SubPlan", serial,
        "SELECT count(*) FROM customers WHERE id NOT IN (SELECT id FROM few WHERE id <= 4 AND nap(0.05))"),
      sleeps: ["Seq Scan on few": 200]),
    SleepCase(
      query: LiveQuery(
        "SubPlan that partitions share in their filters", serial,
        "SELECT k FROM part p WHERE id IN (7, 10007, 20007) AND k = 7 AND (SELECT nap(0.07) AND p.id > 0)"),
      sleeps: ["Result": 210]),
    SleepCase(
      query: LiveQuery(
        "SubPlan that partitions share as a column", serial,
        "SELECT k, (SELECT nap(0.07) AND p.id > 0) FROM part p WHERE id IN (7, 10007, 20007)"),
      sleeps: ["Result": 210]),
    SleepCase(
      query: LiveQuery(
        "SubPlan that partitions share, one of which is slow itself", serial + LiveCorpus.seqScanOnly,
        """
        SELECT k FROM part p WHERE id IN (7, 20007) AND (SELECT nap(0.15) AND p.id > 0)
          AND (p.tableoid <> 'part_1'::regclass OR nap(0.4 + 0 * p.id))
        """),
      sleeps: ["Result": 300, "Seq Scan on part_1 p_1": 400]),
    SleepCase(
      query: LiveQuery(
        "hashed SubPlan that each partition fills for itself, the second of which is slow",
        serial + LiveCorpus.seqScanOnly,
        """
        SELECT count(*) FROM part p WHERE id IN (7, 10007) AND k NOT IN (SELECT -id FROM few WHERE id <= 4 AND nap(0.05))
          AND (p.tableoid <> 'part_2'::regclass OR nap(0.3 + 0 * p.id))
        """),
      sleeps: ["Seq Scan on few": 400, "Seq Scan on part_2 p_2": 300]),
    SleepCase(
      query: LiveQuery(
        "SubPlan that is never executed",
        "SELECT * FROM few WHERE id < 0 AND (SELECT nap(1) AND few.id > 0)"),
      sleeps: [:], neverExecuted: ["Result"]),
  ]

  static let ctes = [
    SleepCase(
      query: LiveQuery(
        "CTE that the filter of its scan reads, too",
        "WITH x AS MATERIALIZED (SELECT id FROM few WHERE id <= 4 AND nap(0.05)) SELECT * FROM x WHERE id > (SELECT avg(id) FROM x)"
      ),
      sleeps: ["Seq Scan on few": 200]),
    SleepCase(
      query: LiveQuery(
        "CTE that a SubPlan of its scan reads, too",
        "WITH x AS MATERIALIZED (SELECT id FROM few WHERE id <= 4 AND nap(0.05)) SELECT * FROM x WHERE id > (SELECT avg(y.id) FROM x y WHERE y.id < x.id)"
      ),
      sleeps: ["Seq Scan on few": 200]),
    SleepCase(
      query: LiveQuery(
        "InitPlan of a LIMIT that is started again",
        "SELECT (SELECT count(*) FROM (SELECT 1 FROM generate_series(1, 5) LIMIT (SELECT 3 FROM pg_sleep(0.2))) s WHERE g > 0) FROM generate_series(1, 4) g"
      ),
      sleeps: [sleep: 200]),
    SleepCase(
      query: LiveQuery(
        "CTE with one reader", "WITH c AS MATERIALIZED (SELECT 1 AS x FROM pg_sleep(0.2)) SELECT * FROM c"),
      sleeps: [sleep: 200]),
    SleepCase(
      query: LiveQuery(
        "CTE that the second reader waited for; the first took 0.000 ms", LiveCorpus.hashOnly,
        "WITH c AS MATERIALIZED (SELECT 1 AS x FROM pg_sleep(0.2)) SELECT * FROM c a FULL JOIN c b ON a.x = b.x"
      ),
      sleeps: [sleep: 200]),
    SleepCase(
      query: LiveQuery(
        "CTE that the first reader waited for, while the second took longer", LiveCorpus.loopOnly,
        """
        WITH c AS MATERIALIZED (SELECT 1 AS x FROM pg_sleep(0.2))
        SELECT * FROM c a JOIN c b ON a.x = b.x WHERE nap(0.3 + 0 * b.x)
        """),
      sleeps: [sleep: 200, "CTE Scan on c b": 300]),
    SleepCase(
      query: LiveQuery(
        "CTE of which the first reader needed one row only",
        """
        WITH c AS MATERIALIZED (SELECT id FROM few WHERE id <= 4 AND nap(0.05))
        SELECT * FROM (SELECT id FROM c WHERE nap(0.2 + 0 * id) LIMIT 1) a, (SELECT count(*) FROM c) b
        """),
      sleeps: ["Seq Scan on few": 200, "CTE Scan on c": 200]),
    SleepCase(
      query: LiveQuery(
        "CTE that reads a CTE", serial,
        """
        WITH a AS MATERIALIZED (SELECT id FROM few WHERE id <= 4 AND nap(0.05)),
          b AS MATERIALIZED (SELECT a.id FROM a, pg_sleep(0.3))
        SELECT * FROM b JOIN a USING (id)
        """),
      sleeps: ["Seq Scan on few": 200, sleep: 300]),
    SleepCase(
      query: LiveQuery(
        "CTE within a CTE of the same name",
        """
        WITH c AS MATERIALIZED (SELECT 1 AS x FROM pg_sleep(0.2))
        SELECT * FROM c JOIN (WITH c AS MATERIALIZED (SELECT x FROM c, pg_sleep(0.3)) SELECT x FROM c) d USING (x)
        """),
      sleeps: [sleep: 200, "Function Scan on pg_sleep pg_sleep_1": 300]),
    SleepCase(
      query: LiveQuery(
        "CTEs of one name under one node",
        """
        WITH c AS MATERIALIZED (SELECT 1 AS x FROM pg_sleep(0.2))
        SELECT * FROM (WITH c AS MATERIALIZED (SELECT x FROM c, pg_sleep(0.3)) SELECT x FROM c) d
        """),
      sleeps: [sleep: 200, "Function Scan on pg_sleep pg_sleep_1": 300]),
    SleepCase(
      query: LiveQuery(
        "CTE that a SubPlan reads", serial,
        """
        WITH c AS MATERIALIZED (SELECT id FROM few WHERE id <= 4 AND nap(0.05))
        SELECT (SELECT count(*) FROM c WHERE c.id < f.id) FROM few f WHERE f.id < 9
        """),
      sleeps: ["Seq Scan on few": 200]),
    SleepCase(
      query: LiveQuery(
        "recursive CTE",
        """
        WITH RECURSIVE r(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM r WHERE n < 5 AND nap(0.05)) SELECT sum(n) FROM r
        """),
      sleeps: ["WorkTable Scan on r r_1": 200]),
    SleepCase(
      query: LiveQuery(
        "CTE that is never executed",
        "WITH c AS MATERIALIZED (SELECT 1 AS x FROM pg_sleep(1)) SELECT * FROM few JOIN c ON c.x = few.id WHERE few.id < 0 AND nap(0.001)"
      ),
      sleeps: [:], neverExecuted: [sleep, "CTE Scan on c"]),
    SleepCase(
      query: LiveQuery(
        "data-modifying CTE that nothing reads",
        "WITH d AS (INSERT INTO few SELECT 99, 'x' FROM pg_sleep(0.2) RETURNING id) SELECT 1"),
      sleeps: [sleep: 200], afterRoot: 200),
  ]

  static let parallelPlans = [
    SleepCase(
      query: LiveQuery(
        "InitPlan with workers beside one that sleeps", LiveCorpus.parallel,
        "SELECT * FROM few WHERE id > (SELECT 0 * count(*) FROM orders) AND id > (SELECT 0 FROM pg_sleep(0.2))"
      ),
      sleeps: [sleep: 200]),
    SleepCase(
      query: LiveQuery("parallel scan", parallel, "SELECT count(*) FROM few WHERE nap(0.02)"),
      sleeps: ["Parallel Seq Scan on few": 600], ranIn: ["Parallel Seq Scan on few": 3, "Gather": 1]),
    SleepCase(
      query: LiveQuery(
        "parallel scan with worker lines", parallel, "SELECT count(*) FROM few WHERE nap(0.02)"),
      isVerbose: true, sleeps: ["Parallel Seq Scan on public.few": 600],
      ranIn: ["Parallel Seq Scan on public.few": 3, "Gather": 1]),
    SleepCase(
      query: LiveQuery(
        "the leader takes no part", parallel + ["parallel_leader_participation = off"],
        "SELECT count(*) FROM few WHERE nap(0.02)"),
      isVerbose: true, sleeps: ["Parallel Seq Scan on public.few": 600],
      ranIn: ["Parallel Seq Scan on public.few": 2]),
    SleepCase(
      query: LiveQuery(
        "one worker launched of two", parallel + ["max_parallel_workers = 1"],
        "SELECT count(*) FROM few WHERE nap(0.02)"),
      sleeps: ["Parallel Seq Scan on few": 600], ranIn: ["Parallel Seq Scan on few": 2]),
    SleepCase(
      query: LiveQuery(
        "no worker launched of two", parallel + ["max_parallel_workers = 0"],
        "SELECT count(*) FROM few WHERE nap(0.01)"),
      sleeps: ["Parallel Seq Scan on few": 300], ranIn: ["Parallel Seq Scan on few": 1]),
    SleepCase(
      query: LiveQuery(
        "Parallel Append of scans that one process each runs", parallel,
        """
        SELECT count(*) FROM (SELECT id FROM alone_1 WHERE id <= 4 AND nap(0.1)
          UNION ALL SELECT id FROM alone_2 WHERE id <= 4 AND nap(0.1) UNION ALL SELECT id FROM few WHERE nap(0.013)) u
        """),
      sleeps: ["Seq Scan on alone_1": 400, "Seq Scan on alone_2": 400, "Parallel Seq Scan on few": 390],
      ranIn: ["Seq Scan on alone_1": 1, "Seq Scan on alone_2": 1, "Parallel Append": 3]),
    SleepCase(
      query: LiveQuery(
        "Parallel Append with worker lines", parallel,
        """
        SELECT count(*) FROM (SELECT id FROM alone_1 WHERE id <= 4 AND nap(0.1)
          UNION ALL SELECT id FROM alone_2 WHERE id <= 4 AND nap(0.1) UNION ALL SELECT id FROM few WHERE nap(0.013)) u
        """),
      isVerbose: true,
      sleeps: [
        "Seq Scan on public.alone_1": 400, "Seq Scan on public.alone_2": 400,
        "Parallel Seq Scan on public.few": 390,
      ],
      ranIn: ["Seq Scan on public.alone_1": 1, "Seq Scan on public.alone_2": 1, "Parallel Append": 3]),
    SleepCase(
      query: LiveQuery(
        "bitmap that one process builds while the others wait",
        parallel + ["enable_seqscan = off", "enable_indexscan = off", "enable_indexonlyscan = off"],
        "SELECT count(note) FROM orders WHERE amount < slow_number(300, 0.3)"),
      sleeps: ["Bitmap Index Scan on orders_amount": 300],
      ranIn: ["Bitmap Index Scan on orders_amount": 1, "Parallel Bitmap Heap Scan on orders": 3]),
    SleepCase(
      query: LiveQuery(
        "bitmaps that one process builds and combines",
        parallel + ["enable_seqscan = off", "enable_indexscan = off", "enable_indexonlyscan = off"],
        "SELECT count(note) FROM orders WHERE amount < slow_number(200, 0.2) OR customer_id < slow_number(300, 0.3)"
      ),
      sleeps: ["Bitmap Index Scan on orders_amount": 200, "Bitmap Index Scan on orders_customer": 300],
      ranIn: ["BitmapOr": 1, "Parallel Bitmap Heap Scan on orders": 3]),
    SleepCase(
      query: LiveQuery(
        "Parallel Append of which one process sleeps and the others have nothing to do", parallel,
        """
        SELECT count(*) FROM (SELECT id FROM alone_1 WHERE id <= 4 AND nap(0.1)
          UNION ALL SELECT id FROM alone_2 WHERE id <= 4 AND (id > 0 OR nap(0.1))) u
        """),
      // P counts alike for all: what the two others waited for stands at the Gather.
      sleeps: ["Seq Scan on alone_1": 400, "Gather": 400 * 2 / 3],
      ranIn: ["Seq Scan on alone_1": 1, "Parallel Append": 3]),
    SleepCase(
      query: LiveQuery(
        "Gather Merge", parallel, "SELECT * FROM few WHERE nap(0.02) ORDER BY filler, id"),
      sleeps: ["Parallel Seq Scan on few": 600], ranIn: ["Parallel Seq Scan on few": 3, "Sort": 3]),
    SleepCase(
      query: LiveQuery(
        "build side of a parallel hash join", parallel + LiveCorpus.hashOnly,
        "SELECT count(*) FROM orders o JOIN (SELECT id FROM few WHERE nap(0.02)) f ON f.id = o.id"),
      sleeps: ["Parallel Seq Scan on few": 600], ranIn: ["Parallel Seq Scan on few": 3]),
    SleepCase(
      query: LiveQuery(
        "Gather that loops", parallel + ["enable_material = off"],
        """
        SELECT * FROM generate_series(1, 3) g LEFT JOIN (SELECT count(*) c FROM few WHERE nap(0.01)) s ON s.c > g
        """),
      sleeps: ["Parallel Seq Scan on few": 900], ranIn: ["Parallel Seq Scan on few": 3]),
    SleepCase(
      query: LiveQuery(
        "InitPlan above a Gather", parallel,
        "SELECT count(*) FROM orders WHERE amount > (SELECT 990 FROM pg_sleep(0.2))"),
      sleeps: [sleep: 200]),
    SleepCase(
      query: LiveQuery(
        "Gather in an InitPlan that another Gather evaluates", parallel,
        "SELECT count(*) FROM customers WHERE id > (SELECT count(*) FROM few WHERE nap(0.02))"),
      sleeps: ["Parallel Seq Scan on few": 600], ranIn: ["Parallel Seq Scan on few": 3]),
    SleepCase(
      query: LiveQuery(
        "Gather in a CTE beside a Gather", parallel,
        """
        WITH c AS MATERIALIZED (SELECT count(*) AS n FROM few WHERE nap(0.02))
        SELECT (SELECT n FROM c), count(*) FROM few f WHERE nap(0.01)
        """),
      sleeps: ["Parallel Seq Scan on few": 600, "Parallel Seq Scan on few f": 300],
      ranIn: ["Parallel Seq Scan on few": 3, "CTE Scan on c": 1]),
    SleepCase(
      query: LiveQuery(
        "SubPlan that every process below a Gather hashes", parallel,
        "SELECT count(*) FROM few WHERE nap(0.001) AND id NOT IN (SELECT -id FROM alone_1 WHERE id <= 4 AND nap(0.05))"
      ),
      sleeps: ["Seq Scan on alone_1": 600],
      ranIn: ["Seq Scan on alone_1": nil, "Parallel Seq Scan on few": 3]),
    SleepCase(
      query: LiveQuery(
        "SubPlan that every process below a Gather hashes, with worker lines", parallel,
        "SELECT count(*) FROM few WHERE nap(0.001) AND id NOT IN (SELECT -id FROM alone_1 WHERE id <= 4 AND nap(0.05))"
      ),
      isVerbose: true, sleeps: ["Seq Scan on public.alone_1": 600], ranIn: ["Seq Scan on public.alone_1": 3]),
    SleepCase(
      query: LiveQuery(
        "inner side below a Gather", parallel + LiveCorpus.loopOnly + ["enable_memoize = off"],
        "SELECT count(c.name) FROM few f JOIN customers c ON c.id = f.id AND nap(0.02 + 0 * c.region)"),
      sleeps: ["Index Scan using customers_pkey on customers c": 600],
      ranIn: ["Index Scan using customers_pkey on customers c": nil, "Nested Loop": 3]),
    SleepCase(
      query: LiveQuery(
        "Gather with a single copy", ["force_parallel_mode = on"],
        "SELECT count(*) FROM few WHERE id <= 4 AND nap(0.05)"),
      sleeps: ["Seq Scan on few": 200], ranIn: ["Seq Scan on few": 1]),
  ]
}
