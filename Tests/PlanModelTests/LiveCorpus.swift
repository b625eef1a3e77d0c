/// Statements whose plans show every kind of node and every way in which times nest.
enum LiveCorpus {
  static func schema(socketDirectory: String) -> String {
    tables + foreignTables(socketDirectory: socketDirectory)
  }

  private static let tables = """
    CREATE TABLE customers(id int PRIMARY KEY, name text, region int);
    CREATE TABLE orders(
      id int PRIMARY KEY, customer_id int REFERENCES customers, amount numeric, placed date, note text);
    INSERT INTO customers SELECT i, 'c' || i, i % 10 FROM generate_series(1, 2000) i;
    INSERT INTO orders
      SELECT i, 1 + i % 1900, i % 1000, date '2024-01-01' + i % 365, repeat('x', i % 50)
      FROM generate_series(1, 40000) i;
    CREATE INDEX orders_customer ON orders(customer_id);
    CREATE INDEX orders_placed ON orders(placed);
    CREATE INDEX orders_amount ON orders(amount);
    CREATE TABLE part(id int, k int, v text) PARTITION BY RANGE(id);
    CREATE TABLE part_1 PARTITION OF part FOR VALUES FROM (0) TO (10000);
    CREATE TABLE part_2 PARTITION OF part FOR VALUES FROM (10000) TO (20000);
    CREATE TABLE part_3 PARTITION OF part FOR VALUES FROM (20000) TO (30001);
    INSERT INTO part SELECT i, i % 100, 'v' || i FROM generate_series(1, 30000) i;
    CREATE INDEX part_id ON part(id);
    CREATE TABLE few(id int, filler text) WITH (fillfactor = 10);
    INSERT INTO few SELECT i, repeat('x', 700) FROM generate_series(1, 30) i;
    CREATE TABLE "Odd (table) on ""x"" using"(id int PRIMARY KEY, "Weird: col" text);
    INSERT INTO "Odd (table) on ""x"" using" SELECT i, 'it''s' || i FROM generate_series(1, 500) i;
    CREATE INDEX "odd (cost=1..2 rows=3 width=4)" ON "Odd (table) on ""x"" using"("Weird: col");
    CREATE FUNCTION nap(seconds float8) RETURNS boolean LANGUAGE plpgsql PARALLEL SAFE COST 100000
      AS 'BEGIN PERFORM pg_sleep(seconds); RETURN true; END';
    CREATE TABLE "1e5"("true" bool, "007" int, "<tag> & more" text);
    INSERT INTO "1e5" SELECT i % 2 = 0, i, 'a < b && ''c'' > "d"' || E'\\r\\n\\t\\\\' || i FROM generate_series(1, 90) i;
    CREATE FUNCTION note() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
    CREATE TRIGGER "before: each" BEFORE INSERT OR UPDATE ON few FOR EACH ROW EXECUTE FUNCTION note();
    CREATE TRIGGER after_part AFTER UPDATE ON part FOR EACH ROW EXECUTE FUNCTION note();
    VACUUM ANALYZE;

    """

  /// Tables of this server read through a second session of it, and a file.
  private static func foreignTables(socketDirectory: String) -> String {
    """
    CREATE EXTENSION postgres_fdw;
    CREATE EXTENSION file_fdw;
    CREATE SERVER files FOREIGN DATA WRAPPER file_fdw;
    CREATE FOREIGN TABLE version_file(version text) SERVER files OPTIONS (filename 'PG_VERSION');
    CREATE SERVER itself FOREIGN DATA WRAPPER postgres_fdw
      OPTIONS (host '\(socketDirectory)', dbname 'postgres', async_capable 'true');
    CREATE USER MAPPING FOR CURRENT_USER SERVER itself;
    CREATE FOREIGN TABLE far_orders(id int, customer_id int, amount numeric)
      SERVER itself OPTIONS (table_name 'orders');
    CREATE FOREIGN TABLE far_customers(id int, name text, region int)
      SERVER itself OPTIONS (table_name 'customers');
    """
  }

  static let hashOnly = ["enable_mergejoin = off", "enable_nestloop = off"]
  static let mergeOnly = ["enable_hashjoin = off", "enable_nestloop = off"]
  static let loopOnly = ["enable_hashjoin = off", "enable_mergejoin = off"]
  static let seqScanOnly = [
    "enable_indexscan = off", "enable_indexonlyscan = off", "enable_bitmapscan = off",
  ]
  static let parallel = [
    "parallel_setup_cost = 0", "parallel_tuple_cost = 0", "min_parallel_table_scan_size = 0",
    "min_parallel_index_scan_size = 0",
  ]

  static let queries = joins + subplans + parallelPlans + others + formats

  static let joins = [
    LiveQuery("hash join", hashOnly, "SELECT * FROM orders o JOIN customers c ON c.id = o.customer_id"),
    LiveQuery(
      "hash left join", hashOnly, "SELECT * FROM customers c LEFT JOIN orders o ON c.id = o.customer_id"),
    LiveQuery(
      "hash full join", hashOnly,
      "SELECT count(*) FROM customers c FULL JOIN (SELECT * FROM orders WHERE id < 100) o ON c.id = o.customer_id"
    ),
    LiveQuery(
      "hash semi join", hashOnly,
      "SELECT * FROM orders o WHERE customer_id IN (SELECT id FROM customers WHERE region = 3)"),
    LiveQuery(
      "hash anti join", hashOnly,
      "SELECT * FROM customers c WHERE NOT EXISTS (SELECT 1 FROM orders o WHERE o.customer_id = c.id)"),
    LiveQuery(
      "nested loop", loopOnly,
      "SELECT * FROM customers c JOIN orders o ON c.id = o.customer_id WHERE c.region = 3 AND c.id < 300"),
    LiveQuery(
      "nested loop left join", loopOnly,
      "SELECT * FROM customers c LEFT JOIN orders o ON c.id = o.customer_id AND o.amount < 5 WHERE c.id < 50"),
    LiveQuery(
      "nested loop semi join", loopOnly,
      "SELECT * FROM customers c WHERE EXISTS (SELECT 1 FROM orders o WHERE o.customer_id = c.id AND o.amount > 3)"
    ),
    LiveQuery(
      "nested loop anti join", loopOnly,
      "SELECT * FROM customers c WHERE NOT EXISTS (SELECT 1 FROM orders o WHERE o.customer_id = c.id)"),
    LiveQuery(
      "nested loop over a materialized inner side", loopOnly,
      "SELECT * FROM (SELECT * FROM few) f, (SELECT * FROM few WHERE id < 20) g WHERE f.id < g.id"),
    LiveQuery(
      "memoized inner side", loopOnly,
      "SELECT count(c.name) FROM orders o JOIN customers c ON c.id = o.customer_id WHERE o.id < 5000"),
    LiveQuery("merge join", mergeOnly, "SELECT * FROM orders o JOIN customers c ON c.id = o.customer_id"),
    LiveQuery(
      "merge left join", mergeOnly, "SELECT * FROM customers c LEFT JOIN orders o ON c.id = o.customer_id"),
    LiveQuery(
      "merge full join", mergeOnly,
      "SELECT count(*) FROM customers c FULL JOIN orders o ON c.id = o.customer_id"),
    LiveQuery(
      "merge join that reads inner rows again", mergeOnly,
      "SELECT count(*) FROM orders a JOIN orders b ON a.customer_id = b.customer_id WHERE a.id < 3000"),
    LiveQuery(
      "inner side that is never executed", loopOnly,
      "SELECT * FROM customers c JOIN orders o ON c.id = o.customer_id WHERE c.name = 'nobody'"),
  ]

  static let subplans = [
    LiveQuery("InitPlan in a filter", "SELECT * FROM orders WHERE amount > (SELECT avg(amount) FROM orders)"),
    LiveQuery(
      "InitPlan within an InitPlan",
      """
      SELECT count(*) FROM orders WHERE amount >
        (SELECT max(amount) / 2 FROM orders WHERE customer_id = (SELECT max(id) - 200 FROM customers))
      """),
    LiveQuery(
      "InitPlan as a column", "SELECT name, (SELECT max(amount) FROM orders) FROM customers ORDER BY name"),
    LiveQuery("InitPlan as a limit", "SELECT * FROM orders LIMIT (SELECT count(*) / 2 FROM customers)"),
    LiveQuery(
      "InitPlan that an inner index scan needs", loopOnly,
      "SELECT * FROM few f LEFT JOIN part p ON p.id = (SELECT max(id) FROM customers) AND p.k < f.id"),
    LiveQuery(
      "InitPlan that prunes partitions", "SELECT * FROM part WHERE id = (SELECT max(id) * 6 FROM customers)"),
    LiveQuery(
      "SubPlan in a filter",
      "SELECT * FROM customers c WHERE id < 300 AND (SELECT sum(amount) FROM orders o WHERE o.customer_id = c.id) > 9000"
    ),
    LiveQuery(
      "SubPlan as a column",
      "SELECT name, (SELECT count(*) FROM orders o WHERE o.customer_id = c.id) FROM customers c WHERE id < 200"
    ),
    LiveQuery(
      "hashed SubPlan",
      "SELECT * FROM orders WHERE customer_id NOT IN (SELECT id FROM customers WHERE region = 1)"
    ),
    LiveQuery(
      "SubPlan that partitions share",
      "SELECT * FROM part p WHERE k = 7 AND (SELECT count(*) FROM few f WHERE f.id < p.id % 20) > 3"),
    LiveQuery(
      "hashed SubPlan that partitions share",
      "SELECT * FROM part p WHERE k NOT IN (SELECT region FROM customers)"),
    LiveQuery(
      "CTE with two readers",
      """
      WITH c AS MATERIALIZED (SELECT customer_id, sum(amount) s FROM orders GROUP BY 1)
      SELECT * FROM c a JOIN c b ON a.s = b.s WHERE a.customer_id < 100
      """),
    LiveQuery(
      "CTE that reads a CTE, of the same name",
      """
      WITH c AS MATERIALIZED (SELECT customer_id, sum(amount) s FROM orders GROUP BY 1)
      SELECT * FROM c JOIN (WITH c AS MATERIALIZED (SELECT * FROM c WHERE s > 10) SELECT * FROM c) d USING (s)
      """),
    LiveQuery(
      "recursive CTE",
      "WITH RECURSIVE r(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM r WHERE n < 2000) SELECT sum(n) FROM r"),
    LiveQuery(
      "data-modifying CTE that nothing reads",
      "WITH d AS (INSERT INTO few SELECT i, 'x' FROM generate_series(1, 3000) i RETURNING id) SELECT 1"),
  ]

  static let parallelPlans = [
    LiveQuery(
      "parallel aggregate", parallel, "SELECT customer_id % 7, count(*) FROM orders GROUP BY 1 ORDER BY 1"),
    LiveQuery(
      "parallel hash join", parallel + hashOnly,
      "SELECT count(*) FROM orders o JOIN orders p ON o.id = p.id AND o.amount > 10"),
    LiveQuery(
      "Gather Merge", parallel, "SELECT * FROM orders WHERE note LIKE '%xx' ORDER BY amount, note, id"),
    LiveQuery(
      "Parallel Append", parallel,
      "SELECT count(*) FROM (SELECT k FROM part UNION ALL SELECT customer_id FROM orders) u"),
    LiveQuery(
      "Gather that loops", parallel + ["enable_material = off"],
      "SELECT * FROM generate_series(1, 3) g LEFT JOIN (SELECT count(*) c FROM orders WHERE amount > 5) s ON s.c > g"
    ),
    LiveQuery(
      "InitPlan above a Gather", parallel,
      "SELECT count(*) FROM orders WHERE amount > (SELECT avg(amount) FROM orders)"),
    LiveQuery(
      "parallel bitmap heap scan",
      parallel + ["enable_seqscan = off", "enable_indexscan = off", "enable_indexonlyscan = off"],
      "SELECT count(note) FROM orders WHERE amount < 300"),
    LiveQuery(
      "nested loop below a Gather", parallel + loopOnly + ["enable_memoize = off"],
      "SELECT count(c.name) FROM orders o JOIN customers c ON c.id = o.customer_id WHERE o.amount < 100"),
    LiveQuery(
      "SubPlan below a Gather", parallel,
      "SELECT count(*) FROM orders o WHERE amount < 20 AND (SELECT count(*) FROM few f WHERE f.id < o.amount) > 3"
    ),
    LiveQuery("Limit over a Gather", parallel, "SELECT * FROM orders WHERE note LIKE '%xxx%' LIMIT 10"),
    LiveQuery(
      "JIT", parallel + ["jit = on", "jit_above_cost = 0", "jit_inline_above_cost = -1"],
      "SELECT customer_id, sum(amount) FROM orders WHERE amount > 10 GROUP BY 1"),
  ]

  static let others = [
    LiveQuery(
      "bitmap and", ["enable_seqscan = off"],
      "SELECT * FROM orders WHERE placed BETWEEN '2024-03-01' AND '2024-04-20' AND customer_id BETWEEN 10 AND 190"
    ),
    LiveQuery(
      "bitmap or", ["enable_seqscan = off"],
      "SELECT * FROM orders WHERE placed = '2024-03-01' OR customer_id = 7 OR amount = 9"),
    LiveQuery(
      "lossy bitmap", ["work_mem = '64kB'", "enable_seqscan = off", "enable_indexscan = off"],
      "SELECT count(note) FROM orders WHERE amount < 500"),
    LiveQuery("backward index scan", "SELECT * FROM orders ORDER BY id DESC LIMIT 5"),
    LiveQuery("window", "SELECT id, rank() OVER (PARTITION BY customer_id ORDER BY amount) FROM orders"),
    LiveQuery(
      "grouping sets",
      "SELECT placed, customer_id % 5, count(*) FROM orders GROUP BY GROUPING SETS ((placed), (customer_id % 5), ())"
    ),
    LiveQuery(
      "rollup, sorted", ["enable_hashagg = off"],
      "SELECT placed, customer_id % 5, count(*) FROM orders GROUP BY CUBE (placed, customer_id % 5)"),
    LiveQuery("EXCEPT", "SELECT id FROM orders EXCEPT SELECT id FROM part"),
    LiveQuery(
      "INTERSECT, sorted", ["enable_hashagg = off"], "SELECT id FROM orders INTERSECT ALL SELECT id FROM part"
    ),
    LiveQuery(
      "incremental sort", "SELECT * FROM orders WHERE id < 8000 ORDER BY placed, note LIMIT 3000"),
    LiveQuery(
      "incremental sort on disk", ["work_mem = '64kB'", "enable_sort = off"],
      "SELECT * FROM (SELECT * FROM orders ORDER BY amount) o ORDER BY amount, note"),
    LiveQuery("sort on disk", ["work_mem = '64kB'"], "SELECT * FROM orders ORDER BY note, id"),
    LiveQuery(
      "hash in batches", hashOnly + ["work_mem = '64kB'", "hash_mem_multiplier = 1"],
      "SELECT count(*) FROM orders a JOIN orders b ON a.id = b.id"),
    LiveQuery(
      "hashed aggregate on disk", ["work_mem = '64kB'", "hash_mem_multiplier = 1", "enable_sort = off"],
      "SELECT id, count(*) FROM orders GROUP BY id"),
    LiveQuery("filled limit over a sort", "SELECT * FROM orders ORDER BY note DESC LIMIT 7"),
    LiveQuery("VALUES", "SELECT * FROM (VALUES (1, 'a'), (2, 'b')) v(i, t) WHERE i > 1"),
    LiveQuery(
      "functions", "SELECT * FROM ROWS FROM (generate_series(1, 3), generate_series(4, 9)) AS f(a, b)"),
    LiveQuery("set-returning columns", "SELECT generate_series(1, id) FROM few"),
    LiveQuery("TID scan", "SELECT * FROM orders WHERE ctid IN ('(0,1)', '(0,2)')"),
    LiveQuery("TID range scan", "SELECT count(*) FROM orders WHERE ctid < '(9,1)'"),
    LiveQuery("sample", "SELECT count(*) FROM orders TABLESAMPLE bernoulli (10) REPEATABLE (3)"),
    LiveQuery(
      "XMLTABLE", "SELECT * FROM xmltable('/r/v' PASSING '<r><v>1</v></r>' COLUMNS v int PATH '.') AS x"),
    LiveQuery("constant condition", "SELECT * FROM orders WHERE false"),
    LiveQuery(
      "one-time filter", "SELECT * FROM orders WHERE current_setting('plandx.unset', true) IS NOT NULL"),
    LiveQuery("locked rows", "SELECT * FROM few WHERE id < 4 FOR UPDATE"),
    LiveQuery(
      "literal with a line break",
      "SELECT * FROM customers WHERE name = E'two\\nlines: ''->  Seq Scan''\\n  Filter: x' OR name = 'it''s'"),
    LiveQuery(
      "odd names", ["enable_seqscan = off"],
      #"SELECT * FROM "Odd (table) on ""x"" using" AS "a b" WHERE "Weird: col" = 'it''s7'"#),
    LiveQuery(
      "insert with conflict",
      "INSERT INTO customers SELECT i, 'new', 1 FROM generate_series(1990, 2010) i ON CONFLICT (id) DO NOTHING"
    ),
    LiveQuery(
      "insert with a trigger",
      "INSERT INTO orders SELECT 40000 + i, i, 1, now(), '' FROM generate_series(1, 50) i"),
    LiveQuery("update of partitions", "UPDATE part SET v = 'new' WHERE k = 3"),
    LiveQuery(
      "merge",
      """
      MERGE INTO few f USING customers c ON f.id = c.id WHEN MATCHED THEN UPDATE SET filler = c.name
      WHEN NOT MATCHED AND c.id < 40 THEN INSERT VALUES (c.id, c.name)
      """),
  ]

  /// What the formats print each in its own way.
  static let formats = [
    LiveQuery(
      "names and values like figures",
      #"SELECT "007" FROM "1e5" AS "false" WHERE "true" AND "007" > 7 ORDER BY "true", "007" DESC"#),
    LiveQuery(
      "characters that have to be escaped",
      #"""
      SELECT * FROM "1e5" WHERE "<tag> & more" <> E'a < b && ''c'' > "d"\r\n\t\\\x07' AND "<tag> & more" LIKE '%<é𝄞>&amp;%'
      """#),
    LiveQuery(
      "members pruned at start",
      "SELECT * FROM part WHERE id < length(current_setting('server_version')) + 20000 ORDER BY v LIMIT 3"),
    LiveQuery(
      "foreign table", "SELECT * FROM far_orders WHERE amount = 7 AND customer_id % 2 = random()::int % 1"),
    LiveQuery(
      "foreign join",
      "SELECT c.name, o.amount FROM far_orders o JOIN far_customers c ON c.id = o.customer_id WHERE o.id < 50"
    ),
    LiveQuery(
      "asynchronous foreign scans",
      "SELECT id FROM far_orders WHERE id < 30 UNION ALL SELECT id FROM far_customers WHERE id < 9"),
    LiveQuery("foreign insert", "INSERT INTO far_customers VALUES (900001, 'x', 1) RETURNING id"),
    LiveQuery("file", "SELECT * FROM version_file WHERE version <> ''"),
    LiveQuery(
      "update with triggers of two relations",
      """
      WITH f AS (UPDATE few SET filler = 'y' WHERE id < 3 RETURNING id)
      UPDATE part SET v = 'y' FROM f WHERE part.id = f.id
      """),
    LiveQuery(
      "insert or update under a condition",
      """
      INSERT INTO customers SELECT i, 'new', 1 FROM generate_series(1995, 2005) i
      ON CONFLICT (id) DO UPDATE SET name = excluded.name WHERE customers.region > 3
      """),
    LiveQuery(
      "delete with a join",
      "DELETE FROM orders o USING customers c WHERE c.id = o.customer_id AND c.region = 9"),
    LiveQuery("DISTINCT", ["enable_hashagg = off"], "SELECT DISTINCT placed, customer_id % 3 FROM orders"),
    LiveQuery("DISTINCT ON", "SELECT DISTINCT ON (customer_id) * FROM orders ORDER BY customer_id, placed"),
    LiveQuery(
      "grouping sets of several columns", ["work_mem = '64kB'"],
      """
      SELECT placed, customer_id, note, count(*), sum(amount) FILTER (WHERE amount > 3)
      FROM orders GROUP BY GROUPING SETS ((placed, note), (customer_id), (note, customer_id, placed), ())
      """),
    LiveQuery(
      "windows of two kinds",
      """
      SELECT * FROM (SELECT id, row_number() OVER (ORDER BY id) r, sum(amount) OVER w, count(*) OVER w
        FROM orders WINDOW w AS (PARTITION BY customer_id ORDER BY placed)) o WHERE r < 4
      """),
    LiveQuery(
      "settings",
      ["search_path = 'public', '$user'", "random_page_cost = 1.25", "work_mem = '1234kB'", "geqo = off"],
      "SELECT count(*) FROM orders"),
    LiveQuery(
      "temporary table", "WITH t AS (SELECT pg_advisory_xact_lock(1)) SELECT * FROM t, few WHERE few.id < 2"),
    LiveQuery(
      "nested sets",
      "SELECT id FROM orders EXCEPT ALL (SELECT id FROM part INTERSECT SELECT id FROM customers)"),
    LiveQuery(
      "lateral function",
      "SELECT * FROM few f, LATERAL generate_series(1, f.id) g, LATERAL json_to_record('{\"a\":1}') AS x(a int)"
    ),
    LiveQuery("nothing but a row", "SELECT 1"),
  ]
}

extension LiveQuery {
  init(_ description: String, _ sql: String) { self.init(description, [], sql) }
}
