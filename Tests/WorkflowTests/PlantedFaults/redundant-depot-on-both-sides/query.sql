SELECT t."Driver", count(*) AS stops, sum(s."Minutes") AS minutes
FROM "Haul"."Tour" t
JOIN "Haul"."Stop" s ON s."TourId" = t."TourId"
WHERE t."Depot" = 'depot 17' AND t."Driver" < 400
GROUP BY t."Driver"
ORDER BY minutes DESC, t."Driver";
