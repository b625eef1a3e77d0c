-- Larger: the last message of a silent buoy is sought backwards through all later ones. Smaller: a count from the index visits the heap.
CREATE SCHEMA sea;
CREATE TABLE sea.message (buoy smallint NOT NULL, sent_at timestamptz NOT NULL, wave_cm smallint NOT NULL, raw text NOT NULL);
INSERT INTO sea.message
SELECT CASE WHEN i < 40000 THEN i % 200 ELSE i % 199 END, timestamptz '2024-01-01 00:00:00+00' + make_interval(secs => i * 7), i % 900, 'raw message ' || i
FROM generate_series(1, 800000) AS i;
CREATE INDEX message_sent ON sea.message (sent_at);
CREATE INDEX message_buoy ON sea.message (buoy);
VACUUM ANALYZE sea.message;
CREATE TABLE sea.alarm (alarm_id integer NOT NULL, zone smallint NOT NULL, level smallint NOT NULL, seen boolean NOT NULL, text text NOT NULL) WITH (autovacuum_enabled = false, fillfactor = 92);
INSERT INTO sea.alarm SELECT i, (hashint4(i) & 2147483647) % 80, i % 5, false, 'alarm raised by the station, to be acknowledged by the officer on duty, no. ' || i FROM generate_series(1, 150000) AS i;
ALTER TABLE sea.alarm ADD PRIMARY KEY (alarm_id);
CREATE INDEX alarm_zone_level ON sea.alarm (zone, level);
VACUUM ANALYZE sea.alarm;
UPDATE sea.alarm SET seen = true WHERE alarm_id % 20 = 0;
