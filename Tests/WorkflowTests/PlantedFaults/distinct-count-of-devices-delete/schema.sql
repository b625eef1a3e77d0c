-- 400 devices send nearly everything, 70000 devices reported once: n_distinct is underestimated by the sample.
CREATE SCHEMA iot;
CREATE TABLE iot.event (
    device uuid NOT NULL,
    at timestamp NOT NULL,
    kind smallint NOT NULL,
    body text NOT NULL
);
INSERT INTO iot.event
SELECT md5(CASE WHEN i % 11 = 0 THEN 'quiet ' || i ELSE 'chatty ' || (hashint4(i) & 2147483647) % 400 END)::uuid,
       timestamp '2024-02-01' + make_interval(secs => i), i % 20, 'temperature ' || i % 90 || ' battery ' || i % 100
FROM generate_series(1, 800000) AS i;
CREATE INDEX event_device ON iot.event (device);
CREATE TABLE iot.retired (device uuid PRIMARY KEY, retired_on date NOT NULL);
INSERT INTO iot.retired SELECT md5('quiet ' || i * 11 * 500)::uuid, date '2024-03-01' FROM generate_series(1, 120) AS i;
VACUUM ANALYZE iot.event;
VACUUM ANALYZE iot.retired;
