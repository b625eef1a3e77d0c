-- Twelve partitions, all wanted: the condition on the key keeps each of them, Append reads them all.
CREATE TABLE "Meter" ("MeterId" uuid NOT NULL, "Month" date NOT NULL, "Kwh" numeric(10,3) NOT NULL, "Tariff" char(2) NOT NULL) PARTITION BY RANGE ("Month");
DO $$ BEGIN
    FOR m IN 0..11 LOOP
        EXECUTE format('CREATE TABLE "Meter_%s" PARTITION OF "Meter" FOR VALUES FROM (%L) TO (%L)', m + 1, (date '2023-01-01' + make_interval(months => m))::date, (date '2023-01-01' + make_interval(months => m + 1))::date);
    END LOOP;
END $$;
INSERT INTO "Meter"
SELECT md5((i / 12)::text)::uuid, (date '2023-01-01' + make_interval(months => i % 12))::date, ((hashint4(i) & 2147483647) % 900000) / 1000.0, 'T' || i % 6
FROM generate_series(1, 360000) AS i;
CREATE INDEX "Meter_Id" ON "Meter" ("MeterId");
VACUUM ANALYZE "Meter";
