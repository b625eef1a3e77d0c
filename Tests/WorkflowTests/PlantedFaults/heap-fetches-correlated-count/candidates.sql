VACUUM "Forum"."Post";
VACUUM ANALYZE "Forum"."Post";
ANALYZE "Forum"."Post";
CREATE INDEX ON "Forum"."Post" ("TopicId");
