-- Readings of a few devices, chosen by an IN list over a uuid column without an index.
CREATE TABLE device_readings (
    reading_no bigint NOT NULL,
    device uuid NOT NULL,
    taken_on date NOT NULL,
    reading numeric(8,3) NOT NULL,
    status text NOT NULL
);
CREATE TABLE devices AS
SELECT n AS device_no, md5('device ' || n)::uuid AS device FROM generate_series(0, 3999) AS n;
INSERT INTO device_readings
SELECT i, d.device, date '2021-01-01' + (i % 900), ((hashint4(i + 5) & 2147483647) % 900000) / 1000.0,
       'battery ok, link ok, channel ' || i % 12
FROM generate_series(1, 800000) AS i
JOIN devices d ON d.device_no = (hashint4(i) & 2147483647) % 4000;
ALTER TABLE devices ADD PRIMARY KEY (device);
ALTER TABLE device_readings ADD PRIMARY KEY (reading_no);
VACUUM ANALYZE devices;
VACUUM ANALYZE device_readings;
