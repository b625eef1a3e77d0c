WITH incoming AS (
    SELECT i.import_id, i.supplier_id, i.quantity
    FROM purchasing.imports i
    WHERE i.batch_id = 77
)
SELECT count(*) AS extreme_lines, sum(l.quantity) AS pieces
FROM incoming l
JOIN (
    SELECT supplier_id, min(quantity) AS lowest, max(quantity) AS highest
    FROM incoming
    GROUP BY supplier_id
) s ON s.supplier_id = l.supplier_id
WHERE l.quantity = s.lowest OR l.quantity = s.highest;
