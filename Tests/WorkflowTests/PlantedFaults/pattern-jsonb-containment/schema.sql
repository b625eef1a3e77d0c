-- The configuration is asked for by containment; only a GIN index could answer that.
CREATE SCHEMA device;
CREATE TABLE device.twin (
    serial varchar(18) NOT NULL,
    reported jsonb NOT NULL,
    seen_at timestamptz NOT NULL
);
INSERT INTO device.twin
SELECT 'SN' || lpad(i::text, 10, '0'),
       jsonb_build_object('model', 'M' || i % 40, 'radio', jsonb_build_object('channel', (hashint4(i) & 2147483647) % 150, 'power', (hashint4(i + 1) & 2147483647) % 30),
                          'slots', jsonb_build_array(i % 3, i % 5)),
       timestamptz '2024-05-01 00:00:00+00' + make_interval(secs => i)
FROM generate_series(1, 350000) AS i;
ALTER TABLE device.twin ADD PRIMARY KEY (serial);
VACUUM ANALYZE device.twin;
