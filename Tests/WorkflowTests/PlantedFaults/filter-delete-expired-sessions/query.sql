DELETE FROM sessions s
WHERE NOT s.pinned
  AND s.last_seen < TIMESTAMP '2024-01-01 06:00:00'
