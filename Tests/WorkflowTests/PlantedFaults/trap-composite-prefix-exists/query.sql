SELECT p.day, avg(p.speed) AS mean_speed, min(p.fuel) AS lowest_fuel
FROM fleet.positions AS p
WHERE p.vehicle_id = 7
GROUP BY p.day
ORDER BY p.day;
