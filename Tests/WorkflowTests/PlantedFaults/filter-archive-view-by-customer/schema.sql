-- CREATE TABLE … AS for the archive brought no indexes along; the view's condition reaches both branches.
CREATE SCHEMA sales_archive;
CREATE TABLE sales_archive.order_current (order_id bigint PRIMARY KEY, customer uuid NOT NULL, placed timestamptz NOT NULL, cents integer NOT NULL, comment text NOT NULL);
INSERT INTO sales_archive.order_current
SELECT i, md5('c' || (hashint4(i) & 2147483647) % 40000)::uuid, timestamptz '2024-01-01 00:00:00+00' + make_interval(secs => i * 90), i % 30000, 'ring at the neighbour' FROM generate_series(1, 60000) AS i;
CREATE INDEX order_current_customer ON sales_archive.order_current (customer);
CREATE TABLE sales_archive.order_2023 AS
SELECT i::bigint AS order_id, md5('c' || (hashint4(i) & 2147483647) % 40000)::uuid AS customer, timestamptz '2020-01-01 00:00:00+00' + make_interval(mins => i * 3) AS placed, i % 30000 AS cents, 'ring at the neighbour, or leave it behind the shed'::text AS comment
FROM generate_series(-700000, -1) AS i;
CREATE VIEW sales_archive.all_orders AS
SELECT * FROM sales_archive.order_current UNION ALL SELECT * FROM sales_archive.order_2023;
VACUUM ANALYZE sales_archive.order_current;
VACUUM ANALYZE sales_archive.order_2023;
