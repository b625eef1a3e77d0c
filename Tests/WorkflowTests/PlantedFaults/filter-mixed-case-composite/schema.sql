-- An order-line table with quoted mixed-case names; equality plus range, and only the primary key is indexed.
CREATE SCHEMA "Sales";
CREATE TABLE "Sales"."OrderLine" (
    "Id" integer NOT NULL,
    "CustomerRef" integer NOT NULL,
    "PlacedAt" timestamp NOT NULL,
    "Quantity" smallint NOT NULL,
    "Amount" numeric(10,2) NOT NULL,
    "Remark" text NOT NULL
);
INSERT INTO "Sales"."OrderLine"
SELECT i,
       (hashint4(i) & 2147483647) % 60,
       timestamp '2022-01-01' + make_interval(secs => (hashint4(i + 7) & 2147483647) % 63072000),
       1 + i % 9,
       ((hashint4(i + 9) & 2147483647) % 100000) / 100.0,
       'line ' || i || ' delivered to the loading dock, signed for by desk ' || i % 40
FROM generate_series(1, 800000) AS i;
ALTER TABLE "Sales"."OrderLine" ADD PRIMARY KEY ("Id");
VACUUM ANALYZE "Sales"."OrderLine";
