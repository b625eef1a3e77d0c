-- The last three orders of each of a few customers: every loop scans the whole orders table.
CREATE TABLE customers (
    id integer PRIMARY KEY,
    region text NOT NULL,
    tier smallint NOT NULL,
    name text NOT NULL
);
INSERT INTO customers
SELECT i, (ARRAY['north', 'south', 'east', 'west'])[1 + i % 4], (hashint4(i) & 2147483647) % 25, 'Customer ' || i
FROM generate_series(1, 2000) AS i;
CREATE TABLE orders (
    id integer NOT NULL,
    customer_id integer NOT NULL,
    placed_at timestamp NOT NULL,
    total numeric(10,2) NOT NULL
);
INSERT INTO orders
SELECT i, 1 + (hashint4(i) & 2147483647) % 2000,
       timestamp '2023-01-01' + make_interval(secs => (hashint4(i + 1) & 2147483647) % 31536000),
       ((hashint4(i + 2) & 2147483647) % 100000) / 100.0
FROM generate_series(1, 400000) AS i;
ALTER TABLE orders ADD PRIMARY KEY (id);
VACUUM ANALYZE customers;
VACUUM ANALYZE orders;
