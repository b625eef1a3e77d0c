SELECT c.card_id, c.board, c.title
FROM kanban.card c
WHERE c.labels @> ARRAY['security', 'team-20']
ORDER BY c.card_id;
