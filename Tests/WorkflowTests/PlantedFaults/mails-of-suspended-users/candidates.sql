CREATE INDEX ON "Mail"."Message" ("UserId", "SentAt");
CREATE INDEX ON "Mail"."Message" ("SentAt", "UserId");
CREATE INDEX ON "Mail"."User" ("State", "UserId");
CREATE INDEX ON "Mail"."User" ("UserId") WHERE "State" = 'suspended';
ANALYZE "Mail"."Message"; ANALYZE "Mail"."User";
SET work_mem = '64MB';
SET random_page_cost = 1.1;
