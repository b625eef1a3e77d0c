DELETE FROM "Dms"."Folder"
WHERE "Owner" = 'owner-4711'
RETURNING "Id";
