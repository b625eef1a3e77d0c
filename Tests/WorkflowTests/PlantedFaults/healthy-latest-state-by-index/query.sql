SELECT d.state, count(*) AS vehicles
FROM (SELECT DISTINCT ON (c.vehicle) c.vehicle, c.state FROM fleet.state_change c ORDER BY c.vehicle, c.changed_at DESC) AS d
GROUP BY d.state
ORDER BY d.state;
