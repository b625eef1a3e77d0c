SELECT a.day, a.entry_no, b.entry_no AS reversed, b.cents
FROM journal.entry a
JOIN journal.entry b ON b.entry_no = a.reverses
WHERE a.entry_no IN (20050, 20100, 20150)
  AND a.day BETWEEN '2023-07-20' AND '2023-07-21' AND b.day BETWEEN '2023-07-20' AND '2023-07-21';
