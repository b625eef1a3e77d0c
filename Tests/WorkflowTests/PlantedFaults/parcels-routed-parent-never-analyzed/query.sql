SELECT s.place, count(*) AS scans, sum(c.weight_g) AS grams, max(t.celsius) AS warmest
FROM post.sender k
JOIN post.consignment c ON c.sender = k.sender
JOIN post.scan s ON s.consignment_id = c.consignment_id
JOIN post.trace t ON t.scan_no = s.scan_no
WHERE k.contract = 'K01234'
GROUP BY s.place
ORDER BY s.place;
