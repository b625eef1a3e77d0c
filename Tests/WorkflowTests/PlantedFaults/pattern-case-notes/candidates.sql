CREATE INDEX ON "Care"."CaseNote" USING gin ("Note" gin_trgm_ops);
CREATE INDEX ON "Care"."CaseNote" USING gist ("Note" gist_trgm_ops);
CREATE INDEX ON "Care"."CaseNote" ("Note" text_pattern_ops);
CREATE INDEX ON "Care"."CaseNote" ("Note");
CREATE INDEX ON "Care"."CaseNote" ("WrittenOn");
