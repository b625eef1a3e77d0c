CREATE INDEX ON "Sales"."OrderLine" ("CustomerRef", "PlacedAt");
CREATE INDEX ON "Sales"."OrderLine" ("PlacedAt", "CustomerRef");
CREATE INDEX ON "Sales"."OrderLine" ("CustomerRef");
CREATE INDEX ON "Sales"."OrderLine" ("PlacedAt");
CREATE INDEX ON "Sales"."OrderLine" ("CustomerRef", "Amount" DESC);
CREATE INDEX ON "Sales"."OrderLine" ("CustomerRef", "PlacedAt", "Amount");
