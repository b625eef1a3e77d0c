DELETE FROM vault.entry e
WHERE e.code LIKE 'TMP/2019/1%'
  AND e.stored_at < '2024-01-04 12:00:00+00';
