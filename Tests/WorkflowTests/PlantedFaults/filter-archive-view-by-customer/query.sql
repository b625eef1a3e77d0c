SELECT o.order_id, o.placed, o.cents
FROM sales_archive.all_orders o
WHERE o.customer = md5('c4711')::uuid
ORDER BY o.placed DESC;
