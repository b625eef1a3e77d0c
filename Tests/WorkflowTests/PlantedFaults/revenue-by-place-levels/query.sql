SELECT r.country, r.region, r.city, r.district, sum(r.cents) AS cents, count(*) AS bookings
FROM revenue r
WHERE r.booked_on >= '2023-01-15'
GROUP BY r.country, r.region, r.city, r.district
ORDER BY cents DESC
LIMIT 40;
