(SELECT 'sale' AS kind, s.sold_at::date AS day, s.cents FROM market.sale s WHERE s.shop = 7 ORDER BY s.sold_at DESC LIMIT 25)
UNION ALL
(SELECT 'refund', r.day, r.cents FROM market.refund r WHERE r.shop = 7 ORDER BY r.day DESC, r.refund_id LIMIT 400);
