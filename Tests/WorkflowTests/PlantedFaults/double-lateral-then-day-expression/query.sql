SELECT c.call_id, c.ship, m.container, m.moved_at
FROM harbour.call c
LEFT JOIN LATERAL (SELECT x.container, x.moved_at FROM harbour.crane_move x WHERE x.call_id = c.call_id ORDER BY x.moved_at LIMIT 1) AS m ON true
WHERE date(c.arrived) = '2021-08-08' AND c.berth < 6
ORDER BY c.call_id;
