DELETE FROM iot.event
WHERE device IN (SELECT r.device FROM iot.retired r WHERE r.retired_on = '2024-03-01');
