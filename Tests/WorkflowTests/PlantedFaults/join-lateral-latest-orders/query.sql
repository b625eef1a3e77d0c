SELECT c.name, recent.placed_at, recent.total
FROM customers c
CROSS JOIN LATERAL (
    SELECT o.placed_at, o.total
    FROM orders o
    WHERE o.customer_id = c.id
    ORDER BY o.placed_at DESC
    LIMIT 3
) AS recent
WHERE c.region = 'north' AND c.tier = 3;
