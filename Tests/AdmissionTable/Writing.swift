extension AdmissionRows {
  /// INSERT, MERGE, TRUNCATE and REFRESH in all their forms.
  static let writingStatements: [AdmissionRow] = [
    .init("INSERT INTO t VALUES (1)", .rejected, .writes),
    .init("insert into t (a, b) values (1, 'x'), (2, 'y')", .rejected, .writes),
    .init("INSERT INTO t DEFAULT VALUES", .rejected, .writes),
    .init("INSERT INTO t AS x SELECT * FROM u", .rejected, .writes),
    .init("INSERT INTO t TABLE u", .rejected, .writes),
    .init("INSERT INTO t (SELECT 1)", .rejected, .writes),
    .init("INSERT INTO t WITH q AS (SELECT 1) SELECT * FROM q", .rejected, .writes),
    .init("INSERT INTO counted OVERRIDING SYSTEM VALUE VALUES (7)", .rejected, .writes),
    .init("INSERT INTO counted (id) OVERRIDING USER VALUE VALUES (7)", .rejected, .writes),
    .init("INSERT INTO k VALUES (1) ON CONFLICT DO NOTHING", .rejected, .writes),
    .init("INSERT INTO k VALUES (2) ON CONFLICT (id) DO UPDATE SET n = k.n + 1", .rejected, .writes),
    .init(
      "INSERT INTO k VALUES (2) ON CONFLICT ON CONSTRAINT k_pkey DO UPDATE SET n = excluded.n WHERE k.n < 5",
      .rejected, .writes),
    .init("INSERT INTO t VALUES (1) RETURNING a", .rejected, .writes),
    .init("INSERT INTO t VALUES (1) RETURNING *", .rejected, .writes),
    .init("WITH q AS (SELECT 1) INSERT INTO t SELECT * FROM q", .rejected, .writes),
    .init("WITH RECURSIVE q AS (SELECT 1) INSERT INTO t TABLE q RETURNING 1", .rejected, .writes),
    .init("INSERT INTO v VALUES (9)", .rejected, .writes),
    .init("INSERT INTO parts VALUES (5)", .rejected, .writes),
    .init("INSERT INTO t (a) VALUES (nextval('s'))", .rejected, .writes),
    .init("INSERT INTO rows_of_t SELECT * FROM t", .rejected, .writes),
    .init("MERGE INTO t USING u ON t.a = u.a WHEN MATCHED THEN DELETE", .rejected, .writes),
    .init(
      "MERGE INTO t USING u ON t.a = u.a WHEN MATCHED AND u.b = 'x' THEN UPDATE SET b = u.b", .rejected,
      .writes),
    .init("MERGE INTO t USING u ON false WHEN NOT MATCHED THEN INSERT VALUES (1)", .rejected, .writes),
    .init(
      "MERGE INTO ONLY t AS x USING (SELECT 1 AS a) AS y ON x.a = y.a WHEN MATCHED THEN DO NOTHING",
      .rejected, .writes),
    .init("MERGE INTO t USING u ON false WHEN NOT MATCHED THEN INSERT DEFAULT VALUES", .rejected, .writes),
    .init("WITH q AS (SELECT 1) MERGE INTO t USING q ON true WHEN MATCHED THEN DELETE", .rejected, .writes),
    .init("TRUNCATE t", .rejected, .writes),
    .init("TRUNCATE TABLE ONLY t, u RESTART IDENTITY CASCADE", .rejected, .writes),
    .init("REFRESH MATERIALIZED VIEW m", .rejected, .writes),
    .init("REFRESH MATERIALIZED VIEW CONCURRENTLY m WITH DATA", .rejected, .writes),
    .init("REFRESH MATERIALIZED VIEW m WITH NO DATA", .rejected, .writes),
  ]

  /// COPY in all its forms, those that only read included: none has a plan of its own.
  static let copies: [AdmissionRow] = [
    .init("COPY t FROM STDIN", .rejected, .writes),
    .init("COPY t (a) FROM STDIN WITH (FORMAT csv, HEADER)", .rejected, .writes),
    .init("COPY t FROM STDIN;\n1\n\\.\n", .rejected, .syntax),
    .init("COPY t FROM '/etc/hostname' (FORMAT csv)", .rejected, .writes),
    .init("COPY t FROM '/tmp/x' WHERE a > 1", .rejected, .writes),
    .init("COPY t FROM PROGRAM 'echo 1'", .rejected, .writes),
    .init("COPY BINARY t FROM '/tmp/x'", .rejected, .writes),
    .init("COPY t FROM STDIN DELIMITERS '|' CSV", .rejected, .writes),
    .init("COPY t TO STDOUT", .rejected, .writes),
    .init("COPY t TO '/copies/copied'", .rejected, .writes),
    .init("COPY t TO PROGRAM 'touch /copies/copied-program'", .rejected, .writes),
    .init("COPY (SELECT * FROM t) TO STDOUT (FORMAT binary)", .rejected, .writes),
    .init("COPY (SELECT 1) TO '/copies/copied-query'", .rejected, .writes),
    .init("COPY (SELECT 1) TO PROGRAM 'touch /copies/copied-query-program'", .rejected, .writes),
    .init("COPY (VALUES (1)) TO STDOUT", .rejected, .writes),
    .init("COPY (INSERT INTO t VALUES (1) RETURNING a) TO STDOUT", .rejected, .writes),
    .init("COPY (UPDATE t SET a = 1 RETURNING a) TO STDOUT", .rejected, .writes),
    .init("COPY (DELETE FROM t RETURNING *) TO STDOUT", .rejected, .writes),
    .init("COPY (WITH d AS (DELETE FROM t RETURNING a) SELECT * FROM d) TO STDOUT", .rejected, .writes),
  ]

  /// CTEs that write, wherever a WITH may stand.
  static let writingCTEs: [AdmissionRow] = [
    .init("WITH d AS (DELETE FROM t RETURNING *) SELECT * FROM d", .rejected, .dataModifyingCTE),
    .init("WITH i AS (INSERT INTO t VALUES (1) RETURNING a) SELECT 1", .rejected, .dataModifyingCTE),
    .init("WITH x AS (UPDATE t SET a = 1) SELECT 1", .rejected, .dataModifyingCTE),
    .init("WITH d AS (DELETE FROM t) SELECT 1", .rejected, .dataModifyingCTE),
    .init("WITH d AS MATERIALIZED (DELETE FROM t RETURNING a) TABLE d", .rejected, .dataModifyingCTE),
    .init(
      "WITH q AS (SELECT 1), d AS (DELETE FROM t), r AS (SELECT 2) SELECT * FROM q, r", .rejected,
      .dataModifyingCTE),
    .init("WITH RECURSIVE d AS (DELETE FROM t RETURNING a) SELECT * FROM d", .rejected, .dataModifyingCTE),
    .init(
      "WITH m AS (MERGE INTO t USING u ON true WHEN MATCHED THEN DELETE) SELECT 1", .rejected,
      .dataModifyingCTE),
    .init(
      "WITH q AS (WITH d AS (DELETE FROM t RETURNING 1) SELECT * FROM d) SELECT * FROM q", .rejected,
      .dataModifyingCTE),
    .init(
      "WITH q AS (WITH r AS (WITH d AS (INSERT INTO t VALUES (1) RETURNING 1) TABLE d) TABLE r) TABLE q",
      .rejected,
      .dataModifyingCTE),
    .init(
      "SELECT * FROM (WITH i AS (INSERT INTO t VALUES (1) RETURNING 1) SELECT * FROM i) AS x", .rejected,
      .dataModifyingCTE),
    .init(
      "SELECT (WITH x AS (UPDATE t SET a = 1 RETURNING 1) SELECT * FROM x)", .rejected, .dataModifyingCTE),
    .init(
      "SELECT 1 WHERE EXISTS (WITH d AS (DELETE FROM t RETURNING 1) SELECT * FROM d)", .rejected,
      .dataModifyingCTE),
    .init(
      "SELECT 1 WHERE 1 IN (WITH d AS (DELETE FROM t RETURNING 1) SELECT * FROM d)", .rejected,
      .dataModifyingCTE),
    .init(
      "SELECT * FROM u, LATERAL (WITH d AS (DELETE FROM t RETURNING 1) SELECT * FROM d) AS x", .rejected,
      .dataModifyingCTE),
    .init(
      "SELECT 1 UNION ALL (WITH d AS (DELETE FROM t RETURNING 1) SELECT * FROM d)", .rejected,
      .dataModifyingCTE),
    .init(
      "(WITH d AS (DELETE FROM t RETURNING 1) SELECT * FROM d) EXCEPT SELECT 1", .rejected, .dataModifyingCTE),
    .init(
      "SELECT 1 ORDER BY (WITH d AS (DELETE FROM t RETURNING 1) SELECT * FROM d)", .rejected,
      .dataModifyingCTE),
    .init(
      "SELECT 1 LIMIT (WITH d AS (DELETE FROM t RETURNING 1) SELECT * FROM d)", .rejected, .dataModifyingCTE),
    .init(
      "SELECT count(*) OVER (ORDER BY (WITH d AS (DELETE FROM t RETURNING 1) TABLE d)) FROM u", .rejected,
      .dataModifyingCTE),
    .init(
      "SELECT 1 FROM u GROUP BY (WITH d AS (DELETE FROM t RETURNING 1) TABLE d)", .rejected, .dataModifyingCTE
    ),
    .init(
      "SELECT 1 FROM u HAVING (WITH d AS (DELETE FROM t RETURNING true) TABLE d)", .rejected,
      .dataModifyingCTE),
    .init(
      "SELECT * FROM u JOIN t ON (WITH d AS (DELETE FROM t RETURNING true) TABLE d)", .rejected,
      .dataModifyingCTE),
    .init("VALUES ((WITH d AS (DELETE FROM t RETURNING 1) TABLE d))", .rejected, .dataModifyingCTE),
    .init("SELECT ARRAY(WITH d AS (DELETE FROM t RETURNING 1) TABLE d)", .rejected, .dataModifyingCTE),
    .init(
      "SELECT * FROM generate_series(1, (WITH d AS (DELETE FROM t RETURNING 1) TABLE d))", .rejected,
      .dataModifyingCTE),
    .init(
      "SELECT * FROM t TABLESAMPLE SYSTEM ((WITH d AS (DELETE FROM t RETURNING 1) TABLE d))", .rejected,
      .dataModifyingCTE),
    .init(
      "WITH d AS (DELETE FROM u RETURNING a) UPDATE t SET a = 1 FROM d WHERE t.a = d.a", .rejected,
      .dataModifyingCTE),
    .init("WITH i AS (INSERT INTO u VALUES (1)) DELETE FROM t", .rejected, .dataModifyingCTE),
    .init(
      "UPDATE t SET a = (WITH d AS (DELETE FROM u RETURNING 1) TABLE d)", .rejected, .dataModifyingCTE),
    .init(
      "UPDATE t SET (a, b) = (WITH d AS (DELETE FROM u RETURNING 1, 'x') TABLE d)", .rejected,
      .dataModifyingCTE),
    .init(
      "DELETE FROM t WHERE a IN (WITH d AS (DELETE FROM u RETURNING 1) TABLE d)", .rejected, .dataModifyingCTE
    ),
    .init(
      "DELETE FROM t USING (WITH d AS (DELETE FROM u RETURNING 1) TABLE d) AS x", .rejected, .dataModifyingCTE
    ),
    .init(
      "UPDATE t SET a = 1 RETURNING (WITH d AS (DELETE FROM u RETURNING 1) TABLE d)", .rejected,
      .dataModifyingCTE),
    .init("WITH d AS (DELETE FROM t RETURNING *) SELECT * FROM d FOR UPDATE", .rejected, .dataModifyingCTE),
    .init("SELECT * FROM (DELETE FROM t RETURNING *) AS x", .rejected, .syntax),
    .init("SELECT (INSERT INTO t VALUES (1))", .rejected, .syntax),
  ]

  /// SELECT INTO makes a table; WHERE CURRENT OF needs a cursor.
  static let intoAndCurrentOf: [AdmissionRow] = [
    .init("SELECT a INTO made FROM t", .rejected, .selectInto),
    .init("SELECT a INTO TABLE made FROM t", .rejected, .selectInto),
    .init("SELECT a INTO TEMP made FROM t", .rejected, .selectInto),
    .init("SELECT a INTO TEMPORARY TABLE made FROM t", .rejected, .selectInto),
    .init("SELECT a INTO LOCAL TEMP made FROM t", .rejected, .selectInto),
    .init("SELECT a INTO UNLOGGED made FROM t", .rejected, .selectInto),
    .init("SELECT INTO made FROM t", .rejected, .selectInto),
    .init("SELECT 1 INTO \"made; DROP\"", .rejected, .selectInto),
    .init("WITH q AS (SELECT 1) SELECT * INTO TEMP made FROM q", .rejected, .selectInto),
    .init("WITH q AS (SELECT 1 INTO made) SELECT * FROM q", .rejected, .selectInto),
    .init("SELECT * FROM (SELECT 1 INTO made) AS x", .rejected, .selectInto),
    .init("SELECT (SELECT 1 INTO made)", .rejected, .selectInto),
    .init("SELECT 1 INTO made UNION SELECT 2", .rejected, .selectInto),
    .init("SELECT 1 UNION SELECT 2 INTO made", .rejected, .selectInto),
    .init("(SELECT 1 INTO made)", .rejected, .selectInto),
    .init("SELECT a INTO made FROM t FOR UPDATE", .rejected, .selectInto),
    .init("UPDATE t SET a = (SELECT 1 INTO made)", .rejected, .selectInto),
    .init("UPDATE t SET a = 1 WHERE CURRENT OF c", .rejected, .currentOf),
    .init("UPDATE t AS x SET a = 1 WHERE CURRENT OF \"c\" RETURNING *", .rejected, .currentOf),
    .init("DELETE FROM t WHERE CURRENT OF c", .rejected, .currentOf),
    .init("DELETE FROM t WHERE CURRENT OF $1", .rejected, .syntax),
    .init("WITH q AS (SELECT 1) DELETE FROM t USING q WHERE CURRENT OF c", .rejected, .currentOf),
  ]
}
