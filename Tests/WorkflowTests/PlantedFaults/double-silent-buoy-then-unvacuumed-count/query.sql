SELECT m.last_at, a.alarms
FROM (SELECT x.sent_at AS last_at FROM sea.message x WHERE x.buoy = 199 ORDER BY x.sent_at DESC LIMIT 1) AS m,
     (SELECT count(*) AS alarms FROM sea.alarm y WHERE y.zone BETWEEN 10 AND 45 AND y.level >= 2) AS a;
