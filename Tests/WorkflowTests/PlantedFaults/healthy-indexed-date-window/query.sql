SELECT l.depot, count(*) AS shipments, sum(l.weight) AS weight
FROM shipment_log l
WHERE l.note LIKE '%sealed%'
  AND l.logged_on BETWEEN '2023-05-01' AND '2023-06-15'
GROUP BY l.depot
ORDER BY weight DESC;
