-- An OR between two equalities is a nested loop; two indexes make it a pair of probes per lead.
CREATE SCHEMA "Leads";
CREATE TABLE "Leads"."Person" (
    "PersonId" uuid PRIMARY KEY,
    "EMail" text,
    "Phone" varchar(20),
    "Since" date NOT NULL
);
INSERT INTO "Leads"."Person"
SELECT md5('p' || i)::uuid, CASE WHEN i % 9 > 0 THEN 'p' || i || '@example.com' END, '+49' || lpad((i * 37)::text, 9, '0'), date '2015-01-01' + i % 3000
FROM generate_series(1, 30000) AS i;
CREATE TABLE "Leads"."Import" ("Row" integer PRIMARY KEY, "EMail" text, "Phone" varchar(20));
INSERT INTO "Leads"."Import"
SELECT i, 'p' || i * 61 || '@example.com', CASE WHEN i % 3 = 0 THEN '+49' || lpad((i * 61 * 37)::text, 9, '0') END FROM generate_series(1, 150) AS i;
VACUUM ANALYZE "Leads"."Person";
VACUUM ANALYZE "Leads"."Import";
