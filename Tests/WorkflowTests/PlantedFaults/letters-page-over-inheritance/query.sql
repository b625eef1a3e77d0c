SELECT l.filed_on, l.serial, l.sender, l.subject
FROM registry.letter l
ORDER BY l.filed_on, l.serial
OFFSET 650000 ROWS FETCH NEXT 50 ROWS ONLY;
