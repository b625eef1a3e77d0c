SELECT v.house, v.shelf, count(v.article) AS articles, sum(v.pieces) AS pieces
FROM store.inventory v
WHERE v.inspected = '2024-02-02'
GROUP BY v.house, v.shelf
ORDER BY v.house, v.shelf;
