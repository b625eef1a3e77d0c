-- A hundred feeds of 5200 articles fill the list of most common values; twenty of 3500 do not fit, and thousands sent one article only.
CREATE SCHEMA "Feed";
CREATE TABLE "Feed"."Article" ("ArticleId" integer NOT NULL, "Source" uuid NOT NULL, "PublishedAt" timestamptz NOT NULL, "Length" integer NOT NULL, "Title" text NOT NULL);
INSERT INTO "Feed"."Article"
SELECT i, CASE WHEN h < 8000 THEN md5('feed ' || h % 100) WHEN h < 9080 THEN md5('second ' || h % 20) ELSE md5('lone ' || i) END::uuid,
       timestamptz '2023-01-01 00:00:00+00' + make_interval(secs => (hashint4(i + 1) & 2147483647) % 20000000), i % 3000, 'Title of the article no. ' || i
FROM (SELECT i, (hashint4(i) & 2147483647) % 10000 AS h FROM generate_series(1, 600000) AS i) AS x;
ALTER TABLE "Feed"."Article" ADD PRIMARY KEY ("ArticleId");
CREATE INDEX "Article_Source" ON "Feed"."Article" ("Source");
CREATE INDEX "Article_PublishedAt" ON "Feed"."Article" ("PublishedAt");
VACUUM ANALYZE "Feed"."Article";
