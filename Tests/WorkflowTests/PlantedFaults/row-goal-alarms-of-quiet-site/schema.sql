-- LIMIT over a join: the planner expects the site's alarms evenly spread, they are all old. All indexes that help exist.
CREATE SCHEMA scada;
CREATE TABLE scada.device (device_id integer PRIMARY KEY, site text NOT NULL, model text NOT NULL);
INSERT INTO scada.device SELECT i, 'site ' || i % 250, 'model ' || i % 7 FROM generate_series(1, 5000) AS i;
CREATE TABLE scada.alarm (alarm_id integer NOT NULL, device_id integer NOT NULL, raised_at timestamptz NOT NULL, text text NOT NULL);
INSERT INTO scada.alarm
SELECT i, CASE WHEN i < 30000 THEN 1 + (hashint4(i) & 2147483647) % 5000 ELSE 25 * ((hashint4(i) & 2147483647) % 200) + 1 + (hashint4(i + 1) & 2147483647) % 18 END,
       timestamptz '2022-01-01 00:00:00+00' + make_interval(mins => i), 'threshold passed on channel ' || i % 8
FROM generate_series(1, 330000) AS i;
ALTER TABLE scada.alarm ADD PRIMARY KEY (alarm_id);
CREATE INDEX alarm_raised ON scada.alarm (raised_at);
CREATE INDEX alarm_device ON scada.alarm (device_id);
CREATE INDEX device_site ON scada.device (site);
VACUUM ANALYZE scada.device;
VACUUM ANALYZE scada.alarm;
