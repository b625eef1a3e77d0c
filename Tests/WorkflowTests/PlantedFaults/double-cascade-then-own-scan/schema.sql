-- Larger: the referencing side of the foreign key has no index. Smaller: nor has the column that the DELETE asks for.
CREATE TABLE device_account (device_id integer NOT NULL, owner text NOT NULL, retired_on date);
INSERT INTO device_account SELECT i, 'owner ' || i || ' of the house at the corner', CASE WHEN i > 599900 AND i % 4 = 0 THEN date '2024-02-29' WHEN i % 10 = 0 THEN date '2020-01-01' + i % 900 END FROM generate_series(1, 600000) AS i;
ALTER TABLE device_account ADD PRIMARY KEY (device_id);
CREATE TABLE device_message (message_id bigint NOT NULL, device_id integer NOT NULL, sent_at timestamptz NOT NULL, body text NOT NULL);
INSERT INTO device_message
SELECT i, 1 + (hashint4(i) & 2147483647) % 599000, timestamptz '2024-01-01 00:00:00+00' + make_interval(secs => i), 'message ' || i FROM generate_series(1, 200000) AS i;
ALTER TABLE device_message ADD PRIMARY KEY (message_id);
ALTER TABLE device_message ADD CONSTRAINT device_message_device_fkey FOREIGN KEY (device_id) REFERENCES device_account ON DELETE CASCADE;
VACUUM ANALYZE device_account;
VACUUM ANALYZE device_message;
