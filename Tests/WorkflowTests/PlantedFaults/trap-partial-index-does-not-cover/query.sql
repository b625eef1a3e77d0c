SELECT w.order_id, w.state, w.due, w.fault
FROM repair.work_order w
WHERE w.plant = 217 AND w.state IN ('open', 'held')
ORDER BY w.due, w.order_id;
