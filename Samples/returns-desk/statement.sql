SELECT r.id, r.placed_at, c.name,
       (SELECT sum(i.quantity * i.price) FROM order_items i WHERE i.order_id = r.id) AS value
FROM (SELECT id, customer_id, placed_at FROM orders
      WHERE status = 'returned' ORDER BY placed_at DESC LIMIT 10) r
JOIN customers c ON c.id = r.customer_id
ORDER BY r.placed_at DESC
