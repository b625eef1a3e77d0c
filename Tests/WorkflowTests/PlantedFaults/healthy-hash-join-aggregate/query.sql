SELECT p.picker, count(*) AS lines, sum(l.quantity) AS pieces, max(l.label) AS last_label
FROM warehouse.picks p
JOIN warehouse.pick_lines l ON l.pick_id = p.pick_id
WHERE l.label LIKE '%station%'
  AND p.picked_on BETWEEN '2022-01-01' AND '2024-12-31'
GROUP BY p.picker;
