CREATE INDEX ON kanban.card (labels);
CREATE INDEX ON kanban.card (card_id, labels);
ANALYZE kanban.card;
