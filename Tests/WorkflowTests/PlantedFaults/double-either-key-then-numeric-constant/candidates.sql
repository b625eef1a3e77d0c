CREATE INDEX ON "Edi"."Partner" ("Gln"); CREATE INDEX ON "Edi"."Partner" ("Alias");
CREATE INDEX ON "Edi"."Partner" ("Gln");
CREATE INDEX ON "Edi"."Partner" ("Alias");
CREATE INDEX ON "Edi"."Partner" ("Gln", "Alias");
