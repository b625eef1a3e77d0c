-- The index (station_id, observed_on) finds the rows, each of them is then fetched from a wide heap.
CREATE SCHEMA weather;
CREATE TABLE weather.station (station_id integer PRIMARY KEY, name text NOT NULL, altitude integer NOT NULL);
INSERT INTO weather.station SELECT i, 'station ' || i, (hashint4(i) & 2147483647) % 2900 FROM generate_series(1, 1500) AS i;
CREATE TABLE weather.observation (
    station_id integer NOT NULL,
    observed_on date NOT NULL,
    temperature real NOT NULL,
    raw_message text NOT NULL
);
INSERT INTO weather.observation
SELECT 1 + i % 1500, date '2024-01-01' + i / 1500, ((hashint4(i) & 2147483647) % 700) / 10.0 - 25,
       'METAR ' || repeat(md5(i::text), 4) || ' NOSIG RMK'
FROM generate_series(0, 449999) AS i;
CREATE INDEX observation_station_day ON weather.observation (station_id, observed_on);
VACUUM ANALYZE weather.station;
VACUUM ANALYZE weather.observation;
