SELECT max(p."ModifiedUtc") AS watermark, min(p."ModifiedUtc") AS oldest
FROM gis.parcel p;
