SELECT t."TopicId", t."Title",
       (SELECT count(*) FROM "Forum"."Post" p WHERE p."TopicId" = t."TopicId" AND NOT p."Hidden") AS posts
FROM "Forum"."Topic" t
WHERE t."Board" IN (3, 7, 9, 10)
ORDER BY posts DESC, t."TopicId"
LIMIT 25;
