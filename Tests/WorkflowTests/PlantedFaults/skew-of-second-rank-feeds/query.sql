SELECT a."ArticleId", a."Source", a."PublishedAt", a."Length"
FROM "Feed"."Article" a
WHERE a."Source" IN (md5('second 0')::uuid, md5('second 1')::uuid, md5('second 2')::uuid, md5('second 3')::uuid, md5('second 4')::uuid, md5('second 5')::uuid
                    , md5('second 6')::uuid, md5('second 7')::uuid, md5('second 8')::uuid, md5('second 9')::uuid, md5('second 10')::uuid, md5('second 11')::uuid
                    , md5('second 12')::uuid, md5('second 13')::uuid, md5('second 14')::uuid, md5('second 15')::uuid, md5('second 16')::uuid, md5('second 17')::uuid)
  AND a."Title" !~* '(advert|promotion|sponsored)'
ORDER BY a."PublishedAt" DESC
LIMIT 200;
