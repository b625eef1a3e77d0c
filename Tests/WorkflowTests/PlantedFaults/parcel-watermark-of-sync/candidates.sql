CREATE INDEX ON gis.parcel ("ModifiedUtc");
CREATE INDEX ON gis.parcel (land_use, "ModifiedUtc");
ANALYZE gis.parcel;
SET work_mem = '64MB';
