-- The newest mails of suspended users: they stopped writing long ago, so the walk along the time index meets them last.
CREATE SCHEMA "Mail";
CREATE TYPE "Mail"."State" AS ENUM ('active', 'dormant', 'suspended');
CREATE TABLE "Mail"."User" ("UserId" integer PRIMARY KEY, "State" "Mail"."State" NOT NULL, "Login" text NOT NULL);
INSERT INTO "Mail"."User" SELECT i, (CASE WHEN i % 200 = 0 THEN 'suspended' WHEN i % 5 = 0 THEN 'dormant' ELSE 'active' END)::"Mail"."State", 'user' || i FROM generate_series(1, 20000) AS i;
CREATE TABLE "Mail"."Message" ("MessageId" integer PRIMARY KEY, "UserId" integer NOT NULL REFERENCES "Mail"."User", "SentAt" timestamptz NOT NULL, "Subject" text NOT NULL);
INSERT INTO "Mail"."Message"
SELECT i, CASE WHEN i < 60000 THEN u ELSE CASE WHEN u % 200 = 0 THEN u - 1 ELSE u END END, timestamptz '2020-01-01 00:00:00+00' + make_interval(mins => i), 'subject ' || i
FROM (SELECT i, 1 + (hashint4(i) & 2147483647) % 20000 AS u FROM generate_series(1, 450000) AS i) AS x;
CREATE INDEX "Message_User" ON "Mail"."Message" ("UserId");
CREATE INDEX "Message_SentAt" ON "Mail"."Message" ("SentAt");
CREATE INDEX "User_State" ON "Mail"."User" ("State");
VACUUM ANALYZE "Mail"."User";
VACUUM ANALYZE "Mail"."Message";
