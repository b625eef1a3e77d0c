WITH best AS (
    SELECT l."Year", l."Body", m."Reader"
    FROM "Archive"."Match" m
    JOIN "Archive"."Letter" l ON l."LetterNo" = m."LetterNo"
    ORDER BY m."Score" * l."Weight" DESC
    LIMIT 5000
)
SELECT b."Year", count(DISTINCT b."Reader") AS readers, sum(length(b."Body")) AS characters
FROM best b
GROUP BY b."Year"
ORDER BY b."Year";
