-- Which of forty expected codes were never delivered: an anti-join over two columns without an index.
CREATE SCHEMA intake;
CREATE TYPE intake.site AS ENUM ('hamburg', 'lyon', 'porto');
CREATE TABLE intake.expected (
    site intake.site NOT NULL,
    code text NOT NULL,
    due_on date NOT NULL
);
INSERT INTO intake.expected
SELECT (ARRAY['hamburg', 'lyon', 'porto'])[1 + i % 3]::intake.site, 'C' || lpad((i * 7919 % 700000)::text, 7, '0'),
       date '2024-05-01' + i % 30
FROM generate_series(1, 40) AS i;
CREATE TABLE intake.deliveries (
    delivery_id integer NOT NULL,
    site intake.site NOT NULL,
    code text NOT NULL,
    received_at timestamp NOT NULL
);
INSERT INTO intake.deliveries
SELECT i, (ARRAY['hamburg', 'lyon', 'porto'])[1 + i % 3]::intake.site, 'C' || lpad((i % 400000)::text, 7, '0'),
       timestamp '2024-01-01' + make_interval(mins => i)
FROM generate_series(1, 600000) AS i;
ALTER TABLE intake.deliveries ADD PRIMARY KEY (delivery_id);
VACUUM ANALYZE intake.expected;
VACUUM ANALYZE intake.deliveries;
