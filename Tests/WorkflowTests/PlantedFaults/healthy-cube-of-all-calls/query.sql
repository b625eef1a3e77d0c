SELECT date_trunc('month', c.on_day) AS month, c.team, c.channel, count(*) AS contacts, sum(c.seconds) AS seconds, stddev(c.seconds) AS spread, min(c.on_day) AS first_day
FROM helpdesk.contact c
WHERE c.seconds >= 20
GROUP BY GROUPING SETS ((date_trunc('month', c.on_day), c.channel), (date_trunc('month', c.on_day), c.team), (c.team % 7, c.team, c.channel), ())
ORDER BY 1, 2, 3;
