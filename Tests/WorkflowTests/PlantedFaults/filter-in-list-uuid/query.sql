SELECT r.device, count(*) AS readings, avg(r.reading) AS mean
FROM device_readings AS r
WHERE r.status LIKE '%link ok%'
  AND r.device IN (
    '242df4cf-cef9-291f-2da4-ae33926355a5', '029c072c-6392-02d9-fdf0-9953d5c55a7a', 'bfe124c4-8ef8-21e1-57af-8589bfe5dce1',
    'a9d8ed7c-5a25-cbf1-921c-70dcc753b5c2', 'f5e9c530-a99c-0c79-f029-a201dad599a3', '30098742-101d-877a-de7d-bc982f2c1f5c')
GROUP BY r.device;
