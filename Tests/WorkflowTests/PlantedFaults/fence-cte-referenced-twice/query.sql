WITH mean AS (
    SELECT m."Pupil", m."Subject", avg(m."Value") AS mean, count(*) AS marks
    FROM "School"."Mark" m
    WHERE m."Given" >= '2023-09-01'
    GROUP BY m."Pupil", m."Subject"
)
SELECT a."Subject", a.mean AS first, b.mean AS second
FROM mean a
JOIN mean b ON b."Subject" = a."Subject"
WHERE a."Pupil" = 4711 AND b."Pupil" = 815
ORDER BY a."Subject";
