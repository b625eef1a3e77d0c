WITH sold AS (
    SELECT e.event_id, e.vin, e.sold_on, e.price
    FROM sale_event e
    WHERE e.dealer = 'branch 5'
)
SELECT a.vin, a.sold_on, a.price
FROM sold a
WHERE NOT EXISTS (SELECT 1 FROM sold b WHERE b.vin = a.vin AND b.event_id > a.event_id)
ORDER BY a.price DESC, a.event_id
LIMIT 10;
