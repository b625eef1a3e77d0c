CREATE INDEX ON "Dms"."Folder" ("ParentId");
CREATE INDEX ON "Dms"."Folder" ("ParentId", "Id");
CREATE INDEX ON "Dms"."Folder" ("Owner", "ParentId");
ANALYZE "Dms"."Folder";
