SELECT c."Unit", count(*) AS contracts, sum(c."Monthly") AS monthly
FROM "Rent"."Contract" c
WHERE COALESCE(c."EndsOn", DATE '9999-12-31') > DATE '2024-06-30'
  AND c."StartsOn" <= DATE '2024-06-30'
GROUP BY GROUPING SETS ((c."Unit"), ())
ORDER BY monthly DESC, c."Unit"
LIMIT 30;
