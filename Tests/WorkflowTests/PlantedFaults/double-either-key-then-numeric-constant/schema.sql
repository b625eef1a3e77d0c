-- Larger: an OR join over unindexed partners. Smaller: the numeric constant passes over the index on a bigint.
CREATE SCHEMA "Edi";
CREATE TABLE "Edi"."Partner" ("PartnerId" integer PRIMARY KEY, "Gln" varchar(13) NOT NULL, "Alias" text NOT NULL);
INSERT INTO "Edi"."Partner" SELECT i, lpad((i * 977)::text, 13, '0'), 'alias-' || i FROM generate_series(1, 20000) AS i;
CREATE TABLE "Edi"."Envelope" ("EnvelopeId" integer NOT NULL, "Interchange" bigint NOT NULL, "Sender" varchar(13) NOT NULL, "SenderAlias" text NOT NULL);
INSERT INTO "Edi"."Envelope"
SELECT i, 70000000000 + i / 200, lpad((1 + (hashint4(i) & 2147483647) % 21000 * 977)::text, 13, '0'), 'alias-' || (hashint4(i + 1) & 2147483647) % 21000 FROM generate_series(1, 600000) AS i;
ALTER TABLE "Edi"."Envelope" ADD PRIMARY KEY ("EnvelopeId");
CREATE INDEX "Envelope_Interchange" ON "Edi"."Envelope" ("Interchange");
VACUUM ANALYZE "Edi"."Partner";
VACUUM ANALYZE "Edi"."Envelope";
