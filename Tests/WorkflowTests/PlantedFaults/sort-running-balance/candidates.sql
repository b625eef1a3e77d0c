CREATE INDEX ON "Bank"."Entry" ("Account", "Booked", "EntryId");
CREATE INDEX ON "Bank"."Entry" ("Account", "Booked", "EntryId") INCLUDE ("Cents"); VACUUM "Bank"."Entry";
CREATE INDEX ON "Bank"."Entry" ("Account", "Booked");
CREATE INDEX ON "Bank"."Entry" ("Account") INCLUDE ("Booked", "EntryId", "Cents"); VACUUM "Bank"."Entry";
CREATE INDEX ON "Bank"."Entry" ("Account");
SET work_mem = '128MB';
