SELECT c.card_id, c.board, c.title
FROM kanban.card c
WHERE 'security' = ANY (c.labels) AND 'team-20' = ANY (c.labels)
ORDER BY c.card_id;
