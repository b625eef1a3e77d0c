WITH RECURSIVE explosion AS (
    SELECT b.component, b.quantity::numeric AS quantity, 1 AS level
    FROM bom b
    WHERE b.assembly = 'P7'
    UNION ALL
    SELECT b.component, e.quantity * b.quantity, e.level + 1
    FROM explosion e
    JOIN bom b ON b.assembly = e.component
    WHERE e.level < 6 AND b.valid @> date '2024-05-05'
)
SELECT e.component, e.level, sum(e.quantity) AS pieces
FROM explosion e
GROUP BY e.component, e.level
ORDER BY e.level, e.component;
