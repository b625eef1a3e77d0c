-- The correlated count could be answered by the index; the visibility map says otherwise since the migration.
CREATE SCHEMA "Forum";
CREATE TABLE "Forum"."Topic" ("TopicId" integer PRIMARY KEY, "Title" text NOT NULL, "Board" smallint NOT NULL);
INSERT INTO "Forum"."Topic" SELECT i, 'Topic ' || i, i % 12 FROM generate_series(1, 12000) AS i;
CREATE TABLE "Forum"."Post" (
    "PostId" uuid NOT NULL,
    "TopicId" integer NOT NULL,
    "Hidden" boolean NOT NULL,
    "Body" text NOT NULL
) WITH (autovacuum_enabled = false);
INSERT INTO "Forum"."Post"
SELECT md5('post' || i)::uuid, 1 + (hashint4(i) & 2147483647) % 12000, i % 11 = 0, 'I agree with the previous speaker. ' || repeat(md5(i::text), 6)
FROM generate_series(1, 380000) AS i;
CREATE INDEX "Post_TopicId_idx" ON "Forum"."Post" ("TopicId") WHERE NOT "Hidden";
VACUUM ANALYZE "Forum"."Topic";
VACUUM ANALYZE "Forum"."Post";
UPDATE "Forum"."Post" SET "Body" = 'moved' WHERE "PostId" < '0d000000-0000-0000-0000-000000000000';
