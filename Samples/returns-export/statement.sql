SELECT c.name, c.region, o.id, o.placed_at,
       (SELECT sum(i.quantity * i.price) FROM order_items i WHERE i.order_id = o.id) AS value
FROM orders o
JOIN customers c ON c.id = o.customer_id
WHERE o.status = 'returned' AND o.placed_at >= '2024-07-01'
ORDER BY c.region, o.placed_at
