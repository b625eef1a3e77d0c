-- The filter is served by the prefix of an existing composite index; 100000 rows are really wanted.
CREATE SCHEMA fleet;
CREATE TABLE fleet.positions (
    vehicle_id integer NOT NULL,
    day date NOT NULL,
    minute smallint NOT NULL,
    speed numeric(5,1) NOT NULL,
    fuel numeric(5,1) NOT NULL
);
INSERT INTO fleet.positions
SELECT 1 + i / 100000, date '2024-01-01' + (i % 100000) / 400, i % 400,
       ((hashint4(i) & 2147483647) % 1300) / 10.0, ((hashint4(i + 1) & 2147483647) % 600) / 10.0
FROM generate_series(0, 1199999) AS i;
CREATE INDEX positions_vehicle_day_minute ON fleet.positions (vehicle_id, day, minute);
VACUUM ANALYZE fleet.positions;
