SELECT i.part_no, i.label, i.stock
FROM parts.item i
WHERE i.part_no LIKE 'A1B2-%'
ORDER BY i.item_id;
