DELETE FROM sessions s
WHERE s.user_id NOT IN (1, 2, 3, 5, 8, 13, 21, 34)
  AND NOT s.pinned
  AND s.last_seen < TIMESTAMP '2024-01-01 06:00:00'
