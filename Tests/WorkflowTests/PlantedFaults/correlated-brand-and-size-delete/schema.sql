-- Dependent columns in a DELETE ... USING of the table itself: fresh statistics, product of selectivities wrong by 500 times.
CREATE SCHEMA "Stock";
CREATE TABLE "Stock"."Unit" (
    "UnitId" bigint NOT NULL,
    "Brand" varchar(12) NOT NULL,
    "Family" smallint NOT NULL,
    "Size" varchar(6) NOT NULL,
    "Supplier" uuid NOT NULL,
    "Serial" integer NOT NULL
);
INSERT INTO "Stock"."Unit"
SELECT i, 'brand' || i % 120, (i % 120) * 7 % 127, 'S' || (i % 120) % 60, md5('supplier' || (i % 120) % 90)::uuid, (hashint4(i) & 2147483647) % 300000
FROM generate_series(1, 96000) AS i;
ALTER TABLE "Stock"."Unit" ADD PRIMARY KEY ("UnitId");
CREATE INDEX "Unit_brand_size" ON "Stock"."Unit" ("Brand", "Size");
VACUUM ANALYZE "Stock"."Unit";
