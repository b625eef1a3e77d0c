-- The nightly sync asks each run for the highest change time it has seen; the table is list-partitioned and nothing is in that order.
CREATE SCHEMA gis;
CREATE TYPE gis.land_use AS ENUM ('arable', 'pasture', 'forest', 'built');
CREATE TABLE gis.parcel (
    parcel_id integer NOT NULL,
    land_use gis.land_use NOT NULL,
    "ModifiedUtc" timestamptz NOT NULL,
    area_m2 numeric(12,2) NOT NULL,
    remark text NOT NULL,
    PRIMARY KEY (parcel_id, land_use)
) PARTITION BY LIST (land_use);
CREATE TABLE gis.parcel_arable PARTITION OF gis.parcel FOR VALUES IN ('arable');
CREATE TABLE gis.parcel_green PARTITION OF gis.parcel FOR VALUES IN ('pasture', 'forest');
CREATE TABLE gis.parcel_built PARTITION OF gis.parcel FOR VALUES IN ('built');
INSERT INTO gis.parcel
SELECT i, (ARRAY['arable', 'pasture', 'forest', 'built'])[1 + i % 4]::gis.land_use,
       timestamptz '2024-03-01 00:00:00+00' + make_interval(secs => (hashint4(i) & 2147483647) % 8000000),
       ((hashint4(i + 1) & 2147483647) % 9000000) / 100.0, 'surveyed with GPS, file ' || i || ', boundary stones checked and found, owner present, no objection raised within the term'
FROM generate_series(1, 800000) AS i;
VACUUM ANALYZE gis.parcel;
