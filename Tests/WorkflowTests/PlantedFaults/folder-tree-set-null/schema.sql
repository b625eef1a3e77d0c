-- parent_id refers to the same table ON DELETE SET NULL and has no index: each deleted folder scans all folders.
CREATE SCHEMA "Dms";
CREATE TABLE "Dms"."Folder" (
    "Id" bigint PRIMARY KEY,
    "ParentId" bigint REFERENCES "Dms"."Folder" ON DELETE SET NULL,
    "Owner" text NOT NULL,
    "Title" text NOT NULL
);
INSERT INTO "Dms"."Folder"
SELECT i, CASE WHEN i > 5000 THEN 1 + (hashint4(i) & 2147483647) % 5000 END, 'owner-' || i % 7000, 'folder ' || i
FROM generate_series(1, 220000) AS i;
CREATE INDEX "Folder_Owner" ON "Dms"."Folder" ("Owner");
VACUUM ANALYZE "Dms"."Folder";
