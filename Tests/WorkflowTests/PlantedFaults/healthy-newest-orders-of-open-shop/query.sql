SELECT o.order_id, o.ordered_at, o.total
FROM web_order o
WHERE o.shop_id = 77
ORDER BY o.ordered_at DESC
LIMIT 20;
