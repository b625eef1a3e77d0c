-- The sort does spill, but the time goes into reading and matching; more work_mem changes next to nothing.
CREATE TABLE complaints (
    complaint_id integer NOT NULL,
    severity integer NOT NULL,
    delay integer NOT NULL,
    body text NOT NULL
) WITH (parallel_workers = 0);
INSERT INTO complaints
SELECT i, i % 19, (hashint4(i) & 2147483647) % 5000,
       'the parcel of order ' || i || ' came late, the box was ' || CASE WHEN (hashint4(i + 1) & 2147483647) % 12 = 0 THEN 'crushed' ELSE 'wet and open' END || ' and nobody answered the phone'
FROM generate_series(1, 600000) AS i;
ALTER TABLE complaints ADD PRIMARY KEY (complaint_id);
VACUUM ANALYZE complaints;
