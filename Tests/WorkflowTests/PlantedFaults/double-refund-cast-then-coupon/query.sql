SELECT o.order_id, o.total, (SELECT sum(r.cents) FROM eshop.refund r WHERE r.order_ref::bigint = o.order_id) AS refunded
FROM eshop.orders o
WHERE o.coupon = 'C4002'
ORDER BY o.order_id;
