SELECT count(*) AS loans, count(DISTINCT l.reader) AS readers
FROM loan_slip l
JOIN manuscript m ON m.manuscript_id = l.manuscript_id
WHERE m.incipit || ' ' || l.reader ~ '(was ([a-z])\2{3,}.*){1}silence [0-9]+ reader [0-9]*7$';
