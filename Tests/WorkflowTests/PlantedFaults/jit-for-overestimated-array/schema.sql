-- No item or two per delivery, a hundred estimated: JIT with optimisation and inlining for a query of milliseconds.
CREATE SCHEMA depot;
CREATE TABLE depot.delivery (
    delivery_id integer PRIMARY KEY,
    left_at timestamptz NOT NULL,
    items jsonb NOT NULL
);
INSERT INTO depot.delivery
SELECT i, timestamptz '2024-01-01 00:00:00+00' + make_interval(mins => i),
       CASE WHEN i % 20 = 0 THEN jsonb_build_array(jsonb_build_object('k', 'box', 'n', i % 9), jsonb_build_object('k', 'pallet', 'n', i % 4)) ELSE '[]'::jsonb END
FROM generate_series(1, 80000) AS i;
VACUUM ANALYZE depot.delivery;
