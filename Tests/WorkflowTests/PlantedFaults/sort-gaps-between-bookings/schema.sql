-- Window over (account, booked, entry): the sort on disk costs most; no index has that order.
CREATE SCHEMA "Bank";
CREATE TABLE "Bank"."Entry" (
    "EntryId" bigint NOT NULL,
    "Account" varchar(34) NOT NULL,
    "Booked" timestamp NOT NULL,
    "Cents" integer NOT NULL
);
INSERT INTO "Bank"."Entry"
SELECT i, 'DE' || lpad(((hashint4(i) & 2147483647) % 4000)::text, 32, '7'), timestamp '2023-06-01' + make_interval(secs => i * 30), (hashint4(i + 1) & 2147483647) % 100000 - 50000
FROM generate_series(1, 350000) AS i;
ALTER TABLE "Bank"."Entry" ADD PRIMARY KEY ("EntryId");
VACUUM ANALYZE "Bank"."Entry";
