import Testing

@testable import Workflow

/// An UPDATE or DELETE, and what is to become of it.
struct RewrittenStatement: Sendable, CustomTestStringConvertible {
  /// How many rows the SELECT finds.
  enum Rows {
    /// As many as the statement changes.
    case same
    /// More: a row is found more than once, and changed once.
    case more
  }

  let sql: String
  /// Why the plans differ; `nil` where they must not.
  let reason: PlannerReason?
  let rows: Rows
  let role: String

  init(_ sql: String, _ reason: PlannerReason? = nil, rows: Rows = .same, role: String = "postgres") {
    self.sql = sql
    self.reason = reason
    self.rows = rows
    self.role = role
  }

  var testDescription: String { sql }
}

/// Statements in every form that an UPDATE or DELETE may take, on tables of over 100,000 rows.
enum RewriteCorpus {
  static let statements: [RewrittenStatement] = [
    .init(
      #"UPDATE straße SET übung = 1"#),
    .init(
      #"UPDATE accounts SET tier = tier + 1, note = 'x' WHERE region = 'r3'"#),
    .init(
      #"UPDATE accounts a SET balance = a.balance * 1.1 WHERE a.tier = 3 AND a.region < 'r2'"#),
    .init(
      #"UPDATE accounts AS "A b" SET email = upper("A b".email) WHERE "A b".id < 500"#),
    .init(
      #"UPDATE accounts SET tier = 5 FROM sales.orders WHERE orders.account_id = accounts.id AND orders.status = 'late' AND orders.amount < 300"#,
      rows: .more),
    .init(
      #"UPDATE accounts a SET tier = o.amount FROM sales.orders AS o INNER JOIN products p ON p.sku = o.amount WHERE o.account_id = a.id AND p.category = 7"#,
      rows: .more),
    .init(
      #"UPDATE accounts a SET tier = coalesce(p.category, 0) FROM sales.orders o LEFT JOIN products p ON p.sku = o.amount AND p.price > 100 WHERE o.account_id = a.id AND o.placed < '2024-01-05'"#
    ),
    .init(
      #"UPDATE accounts a SET tier = 2 FROM products p RIGHT JOIN sales.orders o ON p.sku = o.amount WHERE o.account_id = a.id AND o.id < 900"#
    ),
    .init(
      #"UPDATE accounts a SET tier = 2 FROM products p FULL JOIN sales.orders o ON p.sku = o.id WHERE o.account_id = a.id AND p.category = 9"#
    ),
    .init(
      #"UPDATE accounts a SET tier = x.v FROM products p CROSS JOIN (VALUES (1, 2), (3, 4)) AS x (k, v) WHERE p.sku = a.id AND a.tier = x.k AND p.category = 11"#
    ),
    .init(
      #"UPDATE accounts a SET tier = 3 FROM products NATURAL JOIN (SELECT sku, count(*) AS n FROM products GROUP BY sku) q WHERE a.id = sku AND category = 3"#
    ),
    .init(
      #"UPDATE accounts a SET tier = 3 FROM products p JOIN "returning" r USING (id) WHERE a.region = 'r1' AND a.tier = r.set AND r."from" = 8"#
    ),
    .init(
      #"DELETE FROM jobs"#),
    .init(
      #"DELETE FROM sales.orders WHERE status = 'open' AND amount < 100"#),
    .init(
      #"DELETE FROM sales.orders AS o USING accounts a WHERE a.id = o.account_id AND a.region = 'r9'"#),
    .init(
      #"DELETE FROM sales.orders o USING accounts a JOIN products p USING (id) WHERE a.id = o.account_id AND p.category = 5"#
    ),
    .init(
      #"DELETE FROM sales.orders o USING accounts a LEFT JOIN products p ON p.sku = a.tier WHERE a.id = o.account_id AND a.region IN ('r1', 'r2')"#
    ),
    .init(
      #"DELETE FROM sales.orders o USING accounts a CROSS JOIN generate_series(1, 2) g WHERE a.id = o.account_id AND a.region = 'r1' AND a.tier = g"#
    ),
    .init(
      #"DELETE FROM sales.orders o USING accounts a NATURAL JOIN (SELECT 'r4'::text AS region) q WHERE a.id = o.account_id"#
    ),
    .init(
      #"DELETE FROM accounts a USING products p FULL JOIN jobs j ON j.id = p.sku WHERE a.id = p.sku AND j.state = 'new'"#
    ),
    .init(
      #"DELETE FROM accounts a USING accounts b WHERE a.email = b.email AND a.id > b.id"#),
    .init(
      #"DELETE FROM products p USING products q WHERE p.sku = q.sku + 1 AND p.category = q.category + 1 AND q.price = 3"#
    ),
    .init(
      #"UPDATE sales.orders o SET amount = parent.amount FROM sales.orders parent WHERE parent.id = o.parent AND o.status = 'lost' AND o.placed = '2024-02-02'"#
    ),
    .init(
      #"UPDATE accounts a SET tier = l.n FROM products p, LATERAL (SELECT count(*) AS n FROM sales.orders o WHERE o.account_id = p.sku) l WHERE p.sku = a.id AND p.category = 1"#
    ),
    .init(
      #"UPDATE accounts a SET tier = l.amount FROM products p CROSS JOIN LATERAL (SELECT o.amount FROM sales.orders o WHERE o.account_id = p.sku ORDER BY o.placed DESC LIMIT 1) l WHERE p.sku = a.id AND p.category = 1"#
    ),
    .init(
      #"DELETE FROM accounts a USING products p, LATERAL generate_series(1, p.category) g WHERE a.id = p.sku AND p.category = 2 AND g = 2"#
    ),
    .init(
      #"UPDATE accounts SET tier = v.tier FROM (VALUES (1, 5), (2, 6), (30000, 1)) AS v (id, tier) WHERE accounts.id = v.id"#
    ),
    .init(
      #"UPDATE accounts a SET tier = f.k FROM jsonb_to_recordset('[{"id": 4, "k": 5}, {"id": 6, "k": 7}]') AS f (id int, k int) WHERE a.id = f.id"#
    ),
    .init(
      #"UPDATE accounts a SET tier = u.ord FROM unnest(ARRAY[5, 6, 7]) WITH ORDINALITY AS u (id, ord) WHERE a.id = u.id"#
    ),
    .init(
      #"DELETE FROM accounts a USING ROWS FROM (generate_series(1, 5), unnest(ARRAY[9, 8, 7])) AS g (x, y) WHERE a.id = g.x * g.y"#
    ),
    .init(
      #"DELETE FROM accounts a USING (SELECT account_id FROM sales.orders WHERE amount > 4990) o WHERE o.account_id = a.id"#,
      rows: .more),
    .init(
      #"DELETE FROM accounts a USING (SELECT account_id, max(amount) AS top FROM sales.orders GROUP BY account_id HAVING max(amount) > 4990) o WHERE o.account_id = a.id"#
    ),
    .init(
      #"DELETE FROM accounts a USING (SELECT DISTINCT account_id FROM sales.orders WHERE status = 'late' AND amount < 50) o WHERE o.account_id = a.id"#
    ),
    .init(
      #"UPDATE accounts SET tier = 0 WHERE id NOT IN (SELECT account_id FROM sales.orders WHERE amount < 4000) AND region = 'r5'"#
    ),
    .init(
      #"UPDATE accounts SET tier = 0 WHERE id IN (SELECT account_id FROM sales.orders WHERE placed = '2024-03-03')"#
    ),
    .init(
      #"UPDATE accounts a SET tier = 0 WHERE NOT EXISTS (SELECT 1 FROM sales.orders o WHERE o.account_id = a.id AND o.status = 'open') AND a.region = 'r34'"#
    ),
    .init(
      #"DELETE FROM accounts a WHERE EXISTS (SELECT FROM sales.orders o WHERE o.account_id = a.id AND o.amount = 77)"#
    ),
    .init(
      #"DELETE FROM products p WHERE EXISTS (SELECT FROM accounts a WHERE a.id = p.sku) AND p.category = 8"#),
    .init(
      #"DELETE FROM products p WHERE NOT EXISTS (SELECT FROM accounts a WHERE a.id = p.sku * 2)"#),
    .init(
      #"DELETE FROM accounts WHERE id = ANY (ARRAY[1, 5, 9])"#),
    .init(
      #"DELETE FROM accounts WHERE id = ANY (SELECT sku FROM products WHERE category = 4 AND price < 20)"#),
    .init(
      #"DELETE FROM accounts WHERE tier >= ALL (SELECT category FROM products WHERE sku < 5) AND id < 700"#),
    .init(
      #"DELETE FROM accounts WHERE balance > (SELECT avg(balance) + 480 FROM accounts)"#),
    .init(
      #"UPDATE accounts a SET balance = (SELECT sum(o.amount) FROM sales.orders o WHERE o.account_id = a.id) WHERE a.id BETWEEN 100 AND 300"#
    ),
    .init(
      #"UPDATE accounts a SET (tier, note) = (SELECT p.category, p.name FROM products p WHERE p.sku = a.id) WHERE a.region = 'r11'"#
    ),
    .init(
      #"UPDATE accounts a SET (tier, balance) = (SELECT max(o.amount), avg(o.amount) FROM sales.orders o WHERE o.account_id = a.id) WHERE a.id < 400"#,
      .convertedRow),
    .init(
      #"UPDATE accounts a SET (tier, balance) = (SELECT o.amount, o.amount FROM sales.orders o WHERE o.account_id = a.id ORDER BY o.placed DESC LIMIT 1) WHERE a.id < 400"#,
      .convertedRow),
    .init(
      #"UPDATE accounts SET (tier, note) = (1, DEFAULT) WHERE region = 'r12'"#),
    .init(
      #"UPDATE accounts SET (tier, note) = ROW (tier + 1, lower(region)), active = DEFAULT WHERE region = 'r13'"#
    ),
    .init(
      #"UPDATE accounts SET grid[1:1][1:2] = ARRAY[[9, 9]] WHERE id < 900"#),
    .init(
      #"UPDATE accounts SET tags[2] = 'z', grid[1][1] = tier WHERE region = 'r14'"#),
    .init(
      #"UPDATE accounts SET spot.x = tier, home.at.y = 4 WHERE region = 'r15'"#),
    .init(
      #"UPDATE accounts SET home.name = 'n', spot.y = (spot).x + 1 FROM products p WHERE p.sku = accounts.id AND p.category = 13"#
    ),
    .init(
      #"UPDATE accounts SET changed = DEFAULT WHERE region = 'r16'"#, .defaults),
    .init(
      #"UPDATE accounts SET twice = DEFAULT, tier = 4 WHERE region = 'r17'"#),
    .init(
      #"UPDATE sales.orders SET id = DEFAULT, amount = 1 WHERE id = 17"#),
    .init(
      #"UPDATE sales.orders SET code = 'n' || id, amount = amount / 2.5 WHERE placed = '2024-04-04'"#),
    .init(
      #"UPDATE readings SET value = 1 WHERE value < 5"#),
    .init(
      #"UPDATE readings SET note = 'm' WHERE taken = 45000"#),
    .init(
      #"DELETE FROM readings WHERE taken BETWEEN 39000 AND 41000 AND site = 3"#),
    .init(
      #"DELETE FROM readings r USING products p WHERE p.sku = r.taken AND p.category = 21"#),
    .init(
      #"UPDATE readings AS r SET value = p.price FROM (SELECT price, sku FROM products WHERE sku IN (5, 45001, 90000)) p WHERE p.sku = r.taken"#
    ),
    .init(
      #"UPDATE accounts a SET tier = r.value FROM readings r WHERE r.taken = a.id AND r.site = 4 AND a.tier = 4"#
    ),
    .init(
      #"UPDATE readings_2 SET value = 4 WHERE site = 2"#),
    .init(
      #"UPDATE base SET label = 'm' WHERE kind = 4"#),
    .init(
      #"UPDATE ONLY base SET label = 'm' WHERE kind = 4"#),
    .init(
      #"UPDATE ONLY (base) AS b SET label = 'm' WHERE b.kind = 5"#),
    .init(
      #"DELETE FROM base * AS b WHERE b.kind = 6"#),
    .init(
      #"DELETE FROM base * USING products p WHERE p.sku = base.id AND p.category = 6"#),
    .init(
      #"DELETE FROM derived USING ONLY base b WHERE b.id = derived.id AND b.kind = 7"#),
    .init(
      #"DELETE FROM accounts a USING base b WHERE b.id = a.id AND b.kind = 7"#, rows: .more),
    .init(
      #"UPDATE open_orders SET amount = amount + 1 WHERE account_id < 500"#),
    .init(
      #"DELETE FROM open_orders v USING accounts a WHERE a.id = v.account_id AND a.region = 'r18'"#),
    .init(
      #"UPDATE small_open_orders SET amount = 3 WHERE id < 3000"#),
    .init(
      #"DELETE FROM small_open_orders WHERE code = 'c40'"#),
    .init(
      #"UPDATE accounts a SET tier = v.amount FROM open_orders v WHERE v.account_id = a.id AND v.amount = 4"#,
      rows: .more),
    .init(
      #"UPDATE accounts a SET tier = v.n FROM per_region v WHERE v.top = a.id"#),
    .init(
      #"UPDATE guarded SET tier = 4 WHERE region = 'r19'"#, .view),
    .init(
      #"DELETE FROM guarded g USING products p WHERE p.sku = g.id AND p.category = 19"#, .view),
    .init(
      #"UPDATE owned SET amount = 3 WHERE region = 'r20'"#),
    .init(
      #"DELETE FROM owned WHERE id < 50"#),
    .init(
      #"UPDATE audited SET v = v + 1 WHERE v < 20"#),
    .init(
      #"DELETE FROM audited USING products p WHERE p.sku = audited.v AND p.category = 22"#),
    .init(
      #"WITH late AS (SELECT account_id FROM sales.orders WHERE status = 'late' AND amount < 30) UPDATE accounts SET tier = 6 FROM late WHERE late.account_id = accounts.id"#,
      rows: .more),
    .init(
      #"WITH late AS MATERIALIZED (SELECT account_id FROM sales.orders WHERE status = 'late' AND amount < 30) UPDATE accounts SET tier = 6 FROM late WHERE late.account_id = accounts.id"#,
      rows: .more),
    .init(
      #"WITH late AS NOT MATERIALIZED (SELECT account_id FROM sales.orders WHERE amount < 30) DELETE FROM accounts a USING late l1, late l2 WHERE l1.account_id = a.id AND l2.account_id = a.id + 7"#,
      rows: .more),
    .init(
      #"WITH late AS (SELECT account_id, amount FROM sales.orders WHERE amount < 30) DELETE FROM accounts a USING late l WHERE l.account_id = a.id AND l.amount = (SELECT min(amount) FROM late)"#,
      rows: .more),
    .init(
      #"WITH top AS (SELECT id FROM accounts ORDER BY balance DESC LIMIT 50) DELETE FROM accounts USING top WHERE top.id = accounts.id"#
    ),
    .init(
      #"WITH top AS (SELECT id FROM accounts ORDER BY balance DESC LIMIT 50) DELETE FROM accounts WHERE id IN (SELECT id FROM top)"#,
      .keptSubSelect),
    .init(
      #"WITH RECURSIVE up AS (SELECT id, parent FROM sales.orders WHERE id = 120000 UNION ALL SELECT o.id, o.parent FROM sales.orders o JOIN up ON o.id = up.parent) UPDATE sales.orders o SET amount = 0 FROM up WHERE up.id = o.id"#
    ),
    .init(
      #"WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 30) DELETE FROM products WHERE sku IN (SELECT i FROM n)"#
    ),
    .init(
      #"WITH accounts AS (SELECT sku AS id FROM products WHERE category = 30) DELETE FROM accounts WHERE id IN (SELECT id FROM accounts)"#
    ),
    .init(
      #"WITH accounts AS (SELECT 5 AS id) UPDATE accounts a SET tier = 1 FROM accounts b WHERE a.id = b.id"#),
    .init(
      #"UPDATE accounts SET tier = 1 WHERE region = 'r21' RETURNING *, (SELECT count(*) FROM products), upper(region) AS "WHERE""#
    ),
    .init(
      #"DELETE FROM accounts a USING products p WHERE p.sku = a.id AND p.category = 23 RETURNING a.*, p.name || a.email, EXISTS (SELECT FROM sales.orders o WHERE o.account_id = a.id)"#
    ),
    .init(
      #"UPDATE "Odd Place"."Odd ""Table.""" SET "set" = 'y', "a b" = "from" + 1 WHERE "set" = 'x3'"#),
    .init(
      #"DELETE FROM "Odd Place"."Odd ""Table.""" "x.y" USING "MixedCase" "M" WHERE "M"."Id" = "x.y"."Key" AND "M"."Größe" = 4"#
    ),
    .init(
      #"UPDATE "MixedCase" SET "where" = "MixedCase"."where" + 1 FROM straße ß WHERE ß.nr = "Id" AND ß.größe = 'g7'"#
    ),
    .init(
      #"UPDATE straße SET größe = 'ü', übung = DEFAULT WHERE straße.übung = 4"#),
    .init(
      #"UPDATE "returning" SET set = "returning"."using", "from" = 4 WHERE "returning"."where" = 5 RETURNING "returning""#
    ),
    .init(
      #"DELETE FROM "returning" AS set USING straße AS where_ WHERE set.set = 4 AND set.id = where_.nr"#),
    .init(
      #"UPDATE U&"M\0069xedCase" SET U&"Gr\00f6\00dfe" = 4 WHERE U&"wh!0065re" UESCAPE '!' = 5"#),
    .init(
      #"/* a */ UPDATE /* b */ ONLY /* c */ ( /* d */ base /* e */ ) /* f */ AS /* g */ b /* h */ SET /* i */ label /* j */ = /* k */ 'x' /* l */ , /* m */ id /* n */ = /* o */ b . id /* p */ + 1 /* q */ FROM /* r */ products /* s */ p /* t */ WHERE /* u */ p.sku = b.id /* v */ AND p.category = 3 /* w */ RETURNING /* x */ 1 /* y */"#
    ),
    .init(
      #"-- first;\#nDELETE -- a\#nFROM -- b ' "\#nsales -- c\#n. -- d\#norders -- e\#nUSING -- f\#naccounts -- g\#nWHERE -- h\#naccounts.id = account_id -- i\#nAND region = 'r22' -- j\#nRETURNING -- k\#n*; -- l"#
    ),
    .init(
      #"/*+ SeqScan(a) /* nested */ */ DELETE FROM accounts a /*+ x */ WHERE /* RETURNING */ id < 50 -- WHERE\#n-- end"#
    ),
    .init(
      #"UPDATE accounts SET active = region IS DISTINCT FROM 'r1', tier = 3 FROM products p WHERE p.sku = accounts.id AND p.category IS NOT DISTINCT FROM 24 AND p.name IS DISTINCT FROM accounts.note"#
    ),
    .init(
      #"UPDATE accounts SET tier = EXTRACT(day FROM changed), note = SUBSTRING(email FROM 2 FOR 3) || TRIM(BOTH 'u' FROM email) || OVERLAY(region PLACING 'x' FROM 1 FOR 1) WHERE EXTRACT(hour FROM changed) = 3 AND SUBSTRING(email FROM 1 FOR 2) = 'u1'"#
    ),
    .init(
      #"DELETE FROM accounts WHERE TRIM(LEADING 'r' FROM region) = '25' OR OVERLAY(email PLACING 'z' FROM 1) = 'z'"#
    ),
    .init(
      #"UPDATE accounts a SET tier = (SELECT count(*) FILTER (WHERE o.status = 'open') FROM sales.orders o WHERE o.account_id = a.id) WHERE a.id < 200"#
    ),
    .init(
      #"UPDATE accounts SET doc = doc || '{"m": 1}', tier = (doc ->> 'k')::int WHERE doc @> '{"k": 4}' AND doc #>> '{l,0}' = '1' AND doc ? 'k'"#
    ),
    .init(
      #"DELETE FROM accounts WHERE doc -> 'l' ->> 0 = '2' AND (doc ->> 'k')::int = 7"#),
    .init(
      #"UPDATE jobs SET state = 'taken' WHERE id = (SELECT id FROM jobs WHERE state = 'new' ORDER BY priority LIMIT 1 FOR UPDATE SKIP LOCKED) RETURNING *"#,
      .locking),
    .init(
      #"UPDATE jobs SET state = 'taken' WHERE id IN (SELECT id FROM jobs WHERE state = 'new' ORDER BY priority, id LIMIT 10 FOR UPDATE SKIP LOCKED) RETURNING id"#,
      .locking),
    .init(
      #"WITH next AS (SELECT id FROM jobs WHERE state = 'new' ORDER BY priority LIMIT 10 FOR NO KEY UPDATE SKIP LOCKED) DELETE FROM jobs j USING next WHERE next.id = j.id"#,
      .locking),
    .init(
      #"UPDATE products p SET name = p::text WHERE p IS NOT NULL AND p.category = 25 RETURNING p"#),
    .init(
      #"UPDATE accounts a SET note = p::text FROM products p WHERE p.sku = a.id AND p IS NOT NULL AND p.category = 26 RETURNING a, p.*"#
    ),
    .init(
      #"DELETE FROM accounts WHERE ctid = '(0,3)'"#),
    .init(
      #"DELETE FROM accounts WHERE ctid IN (SELECT max(ctid) FROM accounts GROUP BY email HAVING count(*) > 1)"#,
      .keptSubSelect),
    .init(
      #"DELETE FROM accounts WHERE tableoid = 'accounts'::regclass AND xmin::text <> '0' AND id < 30"#),
    .init(
      #"DELETE FROM base WHERE tableoid = 'derived'::regclass AND kind = 9"#),
    .init(
      #"DELETE FROM bare"#),
    .init(
      #"DELETE FROM bare USING products p WHERE p.sku < 2 AND bare.ctid < '(0,9)'"#),
    .init(
      #"UPDATE accounts SET region = CASE WHEN tier = 1 THEN 'a' ELSE region END, quota = 5 WHERE region LIKE 'r3%' AND tier = ANY ('{1,2}') AND (id, tier) IN (SELECT sku, category FROM products WHERE category < 7)"#
    ),
    .init(
      #"UPDATE accounts SET email = (SELECT name FROM products WHERE sku = 5) || id, changed = now() - interval '1 day', quota = tier + 1 WHERE region = 'r27'"#
    ),
    .init(
      #"DELETE FROM accounts a USING (sales.orders o JOIN products p ON p.sku = o.amount) AS j (oid, acc) WHERE j.acc = a.id AND j.category = 28"#,
      rows: .more),
    .init(
      #"DELETE FROM accounts a USING sales.orders o JOIN (products p LEFT JOIN "returning" r ON r.id = p.sku) ON p.sku = o.amount, jobs j WHERE o.account_id = a.id AND j.id = o.id AND j.priority = 3 AND p.category = 3"#
    ),
    .init(
      #"DELETE FROM accounts a USING products p, sales.orders o TABLESAMPLE SYSTEM (10) REPEATABLE (3) WHERE a.id = p.sku AND o.account_id = a.id AND p.category = 9"#,
      rows: .more),
    .init(
      #"UPDATE accounts SET tier = t.n FROM (SELECT region, row_number() OVER (ORDER BY id) AS n, id FROM accounts WHERE region = 'r28') t WHERE t.id = accounts.id"#
    ),
    .init(
      #"UPDATE accounts SET tier = 1 FROM (SELECT id FROM accounts WHERE region = 'r1' UNION ALL SELECT sku FROM products WHERE category = 31) u WHERE u.id = accounts.id"#,
      rows: .more),
    .init(
      #"UPDATE accounts SET tier = 1 FROM (SELECT id FROM accounts WHERE region = 'r1' UNION SELECT sku FROM products WHERE category = 31) u WHERE u.id = accounts.id"#
    ),
    .init(
      #"UPDATE walled SET v = v + 1 WHERE v < 7"#, role: "clerk"),
    .init(
      #"DELETE FROM walled w USING products p WHERE p.sku = w.id AND p.category = 33"#, role: "clerk"),
    .init(
      #"UPDATE remote SET v = v + 1 WHERE id < 40"#, .foreignServer),
    .init(
      #"DELETE FROM remote r USING products p WHERE p.sku = r.id AND p.category = 34"#),
    .init(
      #"UPDATE accounts a SET tier = r.v FROM remote r WHERE r.id = a.id AND r.v = 9"#),
    .init(
      #"UPDATE accounts SET (tier, note) = (SELECT category, name FROM products WHERE sku = 9), email = DEFAULT WHERE id < 99"#
    ),
    .init(
      #"UPDATE accounts a SET (note, region) = (SELECT q.name, q.name FROM products q WHERE q.sku = a.tier ORDER BY q.price DESC, q.sku LIMIT 1), tier = 4 WHERE a.id < 300"#
    ),
    .init(
      #"WITH t AS (SELECT region, max(id) AS top FROM accounts GROUP BY region) UPDATE products SET price = t.top, id = DEFAULT FROM t WHERE t.top = products.sku"#
    ),
    .init(
      #"UPDATE sales.orders SET status = CASE status WHEN 'open' THEN 'late' ELSE status END, placed = placed + 1 WHERE placed BETWEEN '2024-05-05' AND '2024-05-06' AND status <> 'done'"#
    ),
    .init(
      #"DELETE FROM products WHERE name LIKE 'product 100%' OR price IS NULL OR category BETWEEN 48 AND 49"#),
    .init(
      #"DELETE FROM accounts a USING (SELECT x.account_id, y.sku FROM sales.orders x JOIN products y ON y.sku = x.amount WHERE x.status = 'late') q WHERE q.account_id = a.id AND a.region = 'r31'"#,
      rows: .more),
    .init(
      #"UPDATE accounts a SET tier = w.rank FROM (SELECT id, rank() OVER (PARTITION BY region ORDER BY balance DESC) AS rank FROM accounts) w WHERE w.id = a.id AND w.rank <= 2 AND a.tier = 5"#
    ),
    .init(
      #"DELETE FROM "returning" "using" USING "MixedCase" "where", straße "from" WHERE "using".id = "where"."Id" AND "from".nr = "using".id AND "where"."where" = 6"#
    ),
    .init(
      #"DELETE FROM accounts WHERE (region, tier) IN (('r1', 2), ('r2', 3)) AND NOT active IS TRUE OR email SIMILAR TO 'u12(3|4)@%'"#
    ),
    .init(
      #"DELETE FROM bare WHERE ctid = ANY ('{"(0,1)","(0,2)"}'::tid[])"#),
  ]
}
