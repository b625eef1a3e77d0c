-- Five clicks in six are views: a LIMIT of 30000 fills after a few percent of the table.
CREATE TABLE clicks (
    click_id integer NOT NULL,
    kind text NOT NULL,
    page text NOT NULL,
    clicked_at timestamptz NOT NULL
);
INSERT INTO clicks
SELECT i, CASE WHEN i % 60000 = 0 THEN 'refund' WHEN i % 6 = 0 THEN 'cart' ELSE 'view' END,
       '/shop/department/' || i % 25 || '/article/' || (hashint4(i) & 2147483647) % 30000,
       timestamptz '2024-03-01 00:00:00+00' + make_interval(secs => i)
FROM generate_series(1, 1700000) AS i;
ALTER TABLE clicks ADD PRIMARY KEY (click_id);
VACUUM ANALYZE clicks;
