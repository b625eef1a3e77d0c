SELECT m."SentAt", u."Login", m."Subject"
FROM "Mail"."Message" m
JOIN "Mail"."User" u ON u."UserId" = m."UserId"
WHERE u."State" = 'suspended'
ORDER BY m."SentAt" + interval '0' DESC
LIMIT 25;
