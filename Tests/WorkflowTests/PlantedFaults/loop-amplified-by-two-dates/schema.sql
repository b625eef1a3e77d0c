-- Two dependent ranges (no extended statistics help there) and an inner index that lacks the second condition's column.
CREATE SCHEMA rental;
CREATE TABLE rental.hire (
    hire_id uuid NOT NULL,
    vehicle integer NOT NULL,
    begun timestamptz NOT NULL,
    ended timestamptz NOT NULL,
    cents integer NOT NULL
);
INSERT INTO rental.hire
SELECT md5('hire' || i)::uuid, (hashint4(i) & 2147483647) % 1900, timestamptz '2023-01-01 00:00:00+00' + make_interval(mins => i * 2),
       timestamptz '2023-01-01 00:00:00+00' + make_interval(mins => i * 2 + (hashint4(i + 1) & 2147483647) % 300), i % 9000
FROM generate_series(1, 260000) AS i;
CREATE INDEX hire_begun ON rental.hire (begun);
CREATE INDEX hire_ended ON rental.hire (ended);
CREATE TABLE rental.position (vehicle integer NOT NULL, kind text NOT NULL, speed smallint NOT NULL, lat real NOT NULL, lon real NOT NULL);
INSERT INTO rental.position
SELECT (hashint4(i) & 2147483647) % 1900, CASE WHEN i % 60 = 0 THEN 'harsh braking' ELSE 'position' END, i % 130, 48 + i % 900 / 1000.0, 11 + i % 700 / 1000.0
FROM generate_series(1, 340000) AS i;
CREATE INDEX position_vehicle ON rental.position (vehicle);
VACUUM ANALYZE rental.hire;
VACUUM ANALYZE rental.position;
