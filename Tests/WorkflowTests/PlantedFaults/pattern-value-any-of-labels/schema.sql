-- A GIN index on the array exists; the statement asks in the one form that it does not serve.
CREATE SCHEMA kanban;
CREATE TABLE kanban.card (card_id integer NOT NULL, board integer NOT NULL, labels text[] NOT NULL, title text NOT NULL);
INSERT INTO kanban.card
SELECT i, i % 700, ARRAY['team-' || i % 40, CASE WHEN i % 2900 = 0 THEN 'security' ELSE 'kind-' || i % 9 END, 'sprint-' || i / 900], 'card ' || i || ' to be done' FROM generate_series(1, 300000) AS i;
ALTER TABLE kanban.card ADD PRIMARY KEY (card_id);
CREATE INDEX card_labels ON kanban.card USING gin (labels);
VACUUM ANALYZE kanban.card;
