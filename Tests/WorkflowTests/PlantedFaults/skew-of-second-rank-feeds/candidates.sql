ALTER TABLE "Feed"."Article" ALTER COLUMN "Source" SET STATISTICS 1000; ANALYZE "Feed"."Article";
ALTER TABLE "Feed"."Article" ALTER COLUMN "Source" SET STATISTICS 200; ANALYZE "Feed"."Article";
ANALYZE "Feed"."Article";
CREATE INDEX ON "Feed"."Article" ("Source", "PublishedAt");
CREATE INDEX ON "Feed"."Article" ("PublishedAt", "Source");
SET work_mem = '64MB';
