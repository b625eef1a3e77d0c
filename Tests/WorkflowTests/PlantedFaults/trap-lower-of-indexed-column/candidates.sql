CREATE INDEX ON "Accounts" (lower(email));
CREATE INDEX ON "Accounts" (lower(email)); ANALYZE "Accounts";
