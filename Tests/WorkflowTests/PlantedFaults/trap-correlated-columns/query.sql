WITH fleet AS (
    SELECT c.car_id, c.color, c.mileage
    FROM plant.cars c
    WHERE c.make = 5 AND c.model = 53 AND c.trim_line = 36 AND c.line = 5
)
SELECT f.car_id, f.color, f.mileage
FROM fleet f
WHERE NOT EXISTS (
    SELECT 1 FROM fleet g WHERE g.color = f.color AND g.car_id <> f.car_id AND g.mileage > f.mileage
);
