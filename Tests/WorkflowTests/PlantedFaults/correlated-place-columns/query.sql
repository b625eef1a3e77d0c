WITH local AS (
    SELECT l.listing_id, l.agent, l.price
    FROM estate.listing l
    WHERE l.country = 'C4' AND l.region = 'region 11' AND l.city = 'city 47' AND l.postcode = '36519'
)
SELECT a.agent, a.listing_id, a.price
FROM local a
WHERE NOT EXISTS (SELECT 1 FROM local b WHERE b.agent = a.agent AND b.price > a.price)
ORDER BY a.price DESC, a.listing_id
LIMIT 50;
