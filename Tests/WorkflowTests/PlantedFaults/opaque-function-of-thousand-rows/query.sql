SELECT m.analyte, count(*) AS measurements, avg(m.value) AS mean
FROM lab.accredited_sites(310, 790) AS a
JOIN lab.measurement m ON m.site_id = a.id
GROUP BY m.analyte
ORDER BY m.analyte;
