SELECT DISTINCT c.customer_id, c.name, p.placed, p.net
FROM trade.purchase p, trade.customer c, trade.region r
WHERE p.customer_id = c.customer_id
  AND r.region_id = c.region_id
  AND r.active
  AND p.placed BETWEEN '2023-05-01' AND '2023-05-31'
ORDER BY p.net DESC, c.customer_id, p.placed
LIMIT 20;
