-- Fresh statistics, wrong estimate: make, model, trim and line depend on each other, the planner multiplies them.
-- ANALYZE changes nothing, and the loop runs over a CTE that no index can serve.
CREATE SCHEMA plant;
CREATE TABLE plant.cars (
    car_id integer PRIMARY KEY,
    make integer NOT NULL,
    model integer NOT NULL,
    trim_line integer NOT NULL,
    line integer NOT NULL,
    color integer NOT NULL,
    mileage integer NOT NULL
);
INSERT INTO plant.cars
SELECT i, i % 30, (i % 30) * 10 + 3, (i % 30) * 7 + 1, (i % 30) % 29, (hashint4(i) & 2147483647) % 1500, (hashint4(i + 1) & 2147483647) % 90000
FROM generate_series(1, 150000) AS i;
CREATE INDEX cars_make_model ON plant.cars (make, model, trim_line, line);
VACUUM ANALYZE plant.cars;
