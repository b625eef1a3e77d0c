CREATE INDEX ON "Bank"."Entry" ("Account", "Booked", "EntryId"); VACUUM "Bank"."Entry";
CREATE INDEX ON "Bank"."Entry" ("Account", "Booked"); VACUUM "Bank"."Entry";
CREATE INDEX ON "Bank"."Entry" ("Account") INCLUDE ("Booked", "EntryId"); VACUUM "Bank"."Entry";
CREATE INDEX ON "Bank"."Entry" ("Booked", "Account"); VACUUM "Bank"."Entry";
CREATE INDEX ON "Bank"."Entry" ("Account");
SET work_mem = '128MB';
