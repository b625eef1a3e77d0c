SELECT v.poll, v.choice, count(*) AS votes
FROM vote v
WHERE v.poll BETWEEN 20 AND 45
GROUP BY v.poll, v.choice
ORDER BY v.poll, votes DESC;
