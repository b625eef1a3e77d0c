SELECT l.filed_on, l.serial, l.sender, l.subject
FROM registry.letter l
WHERE (l.filed_on, l.serial) > ('2025-06-01', 169) AND l.filed_on >= '2025-06-01'
ORDER BY l.filed_on, l.serial
FETCH NEXT 50 ROWS ONLY;
