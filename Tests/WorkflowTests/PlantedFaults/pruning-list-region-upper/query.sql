SELECT v."Minutes" / 30 AS half_hours, count(*) AS visits
FROM "Crm"."Visit" v
WHERE upper(v."Region") = 'REGION-11' AND v."Minutes" > 20
GROUP BY 1
ORDER BY 1;
