-- The status is indexed, but six rows in ten have the wanted one: scanning is right and no index helps.
CREATE TABLE parcels (
    parcel_id integer NOT NULL,
    status text NOT NULL,
    grams integer NOT NULL,
    postage numeric(7,2) NOT NULL,
    route smallint NOT NULL,
    remarks text NOT NULL
);
INSERT INTO parcels
SELECT i, CASE WHEN (hashint4(i) & 2147483647) % 10 < 6 THEN 'delivered' WHEN i % 2 = 0 THEN 'in transit' ELSE 'lost' END,
       (hashint4(i + 1) & 2147483647) % 30000, ((hashint4(i + 2) & 2147483647) % 3000) / 100.0, i % 12,
       'left with the neighbour ' || i % 50
FROM generate_series(1, 900000) AS i;
ALTER TABLE parcels ADD PRIMARY KEY (parcel_id);
CREATE INDEX parcels_status ON parcels (status);
VACUUM ANALYZE parcels;
