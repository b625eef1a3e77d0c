SELECT m."SentAt", u."Login", m."Subject"
FROM "Mail"."Message" m
JOIN "Mail"."User" u ON u."UserId" = m."UserId"
WHERE u."State" = 'suspended'
ORDER BY m."SentAt" DESC
LIMIT 25;
