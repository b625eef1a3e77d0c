SELECT count(*) AS brakings, max(p.speed) AS fastest, sum(h.cents) AS cents
FROM rental.hire h
JOIN rental.position p ON p.vehicle = h.vehicle AND p.kind = 'harsh braking'
WHERE h.begun >= '2023-05-06 00:00:00+00' AND h.begun < '2023-05-08 00:00:00+00'
  AND h.ended >= '2023-05-06 00:00:00+00' AND h.ended < '2023-05-08 00:00:00+00';
