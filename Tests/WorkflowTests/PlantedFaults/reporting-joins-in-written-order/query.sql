SELECT t.on_day, count(*) AS stops, sum(s.minutes) AS minutes
FROM fleet.stop s
JOIN fleet.tour t ON t.tour_id = s.tour_id
JOIN fleet.driver d ON d.driver_id = t.driver_id
WHERE d.licence = 'L-70924'
GROUP BY t.on_day
ORDER BY t.on_day;
