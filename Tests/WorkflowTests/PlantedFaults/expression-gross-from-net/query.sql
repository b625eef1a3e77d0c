SELECT o.offer_id, o.sku, o.title, o.price_net
FROM shop.offer o
WHERE o.price_net * 1.19 > 1195.00
ORDER BY o.price_net, o.offer_id;
