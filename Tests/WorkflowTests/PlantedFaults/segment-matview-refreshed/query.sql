SELECT k."Campaign", count(*) AS clicks, count(DISTINCT s."CustomerId") AS customers
FROM "Mkt"."Segment" s
JOIN "Mkt"."Click" k ON k."CustomerId" = s."CustomerId"
WHERE s."Postcode" IN ('01000', '01001', '01007', '04110', '04111', '10115', '20095', '33330', '45001', '50667', '60311', '77040', '77041', '80331', '88888')
GROUP BY k."Campaign"
ORDER BY clicks DESC, k."Campaign";
