-- Nine rows in ten belong to 600 locations, the tenth to locations that occur once: the sample's n_distinct is far too low.
CREATE TABLE parcel_scan (
    scan_id integer NOT NULL,
    location_id integer NOT NULL,
    scanned_at timestamptz NOT NULL,
    note text NOT NULL
);
INSERT INTO parcel_scan
SELECT i, CASE WHEN i % 10 = 0 THEN 100000 + i ELSE (hashint4(i) & 2147483647) % 600 END,
       timestamptz '2024-04-01 00:00:00+00' + make_interval(secs => i), 'scan ' || i || ' by handheld, door code required'
FROM generate_series(1, 1000000) AS i;
ALTER TABLE parcel_scan ADD PRIMARY KEY (scan_id);
CREATE INDEX parcel_scan_location ON parcel_scan (location_id);
CREATE TABLE complaint (complaint_id integer PRIMARY KEY, location_id integer NOT NULL, text text NOT NULL);
INSERT INTO complaint SELECT i, 100000 + i * 4990, 'not delivered' FROM generate_series(1, 160) AS i;
VACUUM ANALYZE parcel_scan;
VACUUM ANALYZE complaint;
