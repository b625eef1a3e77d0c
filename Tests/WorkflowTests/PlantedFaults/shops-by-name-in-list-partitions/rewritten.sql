SELECT sum(s.amount) AS turnover, count(*) AS sales, max(s.sold_at) AS last_at
FROM till.sale s
WHERE s.shop_id = (SELECT h.shop_id FROM till.shop h WHERE h.name = 'Shop no. 17');
