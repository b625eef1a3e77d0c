SELECT s.name, s.altitude,
       (SELECT avg(o.temperature) FROM weather.observation o
        WHERE o.station_id = s.station_id AND o.observed_on BETWEEN '2024-03-01' AND '2024-05-15') AS mean
FROM weather.station s
ORDER BY s.altitude DESC, s.name;
