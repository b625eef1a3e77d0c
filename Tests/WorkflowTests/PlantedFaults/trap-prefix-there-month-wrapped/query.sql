SELECT count(*) AS sales, sum(s.cents) AS cents, min(s.till) AS first_till
FROM kiosk_sale s
WHERE s.kiosk_id = 3 AND date_trunc('month', s.sold_on) = '2019-05-01';
