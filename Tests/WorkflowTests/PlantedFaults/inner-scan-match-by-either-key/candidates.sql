CREATE INDEX ON "Leads"."Person" ("EMail"); CREATE INDEX ON "Leads"."Person" ("Phone");
CREATE INDEX ON "Leads"."Person" ("EMail");
CREATE INDEX ON "Leads"."Person" ("Phone");
CREATE INDEX ON "Leads"."Person" ("EMail", "Phone");
