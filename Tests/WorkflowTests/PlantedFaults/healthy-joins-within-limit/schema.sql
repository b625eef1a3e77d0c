-- Fewer joins than the limit: the planner is free to begin with the filter.
CREATE SCHEMA dwh;
DO $$ BEGIN
    FOR d IN 1..9 LOOP
        EXECUTE format('CREATE TABLE dwh.dim_%s (id integer PRIMARY KEY, label text NOT NULL)', d);
        EXECUTE format('INSERT INTO dwh.dim_%s SELECT i, ''label '' || i FROM generate_series(1, %s) AS i', d, CASE d WHEN 9 THEN 4000 ELSE 200 + d * 100 END);
    END LOOP;
END $$;
CREATE TABLE dwh.fact_sale (
    sale_id integer NOT NULL,
    d1 integer NOT NULL, d2 integer NOT NULL, d3 integer NOT NULL, d4 integer NOT NULL, d5 integer NOT NULL,
    d6 integer NOT NULL, d7 integer NOT NULL, d8 integer NOT NULL, d9 integer NOT NULL,
    amount numeric(10,2) NOT NULL
);
INSERT INTO dwh.fact_sale
SELECT i, 1 + i % 300, 1 + i % 400, 1 + i % 500, 1 + i % 600, 1 + i % 700, 1 + i % 800, 1 + i % 900, 1 + i % 1000, 1 + (hashint4(i) & 2147483647) % 4000, (i % 9000) / 10.0
FROM generate_series(1, 250000) AS i;
ALTER TABLE dwh.fact_sale ADD PRIMARY KEY (sale_id);
CREATE INDEX fact_sale_d9 ON dwh.fact_sale (d9);
VACUUM ANALYZE;
