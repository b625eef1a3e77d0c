SELECT p.route, count(*), avg(p.grams), sum(p.postage), max(p.remarks)
FROM parcels p
WHERE p.status = 'delivered'
GROUP BY p.route;
