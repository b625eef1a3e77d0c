SELECT a.day, a.entry_no, b.entry_no AS reversed, b.cents
FROM journal.entry a
JOIN journal.entry b ON b.entry_no = a.reverses
WHERE a.entry_no IN (20050, 20100, 20150);
