SELECT count(*) AS offers, avg(o.price_net) AS mean, max(o.title) AS last_title
FROM shop.offer o
WHERE o.price_net * 1.19 > 41.00;
