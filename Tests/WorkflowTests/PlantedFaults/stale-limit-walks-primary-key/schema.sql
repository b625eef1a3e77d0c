-- When the table was analyzed, nine rows in ten were queued; since then 1.2 million finished rows came in.
-- The planner walks the primary key backwards, sure to find ten queued rows at once.
CREATE TYPE task_state AS ENUM ('queued', 'running', 'finished');
CREATE TABLE tasks (
    task_id integer NOT NULL,
    state task_state NOT NULL,
    worker uuid,
    args text NOT NULL
) WITH (autovacuum_enabled = false);
INSERT INTO tasks
SELECT i, (CASE WHEN i % 10 = 0 THEN 'running' ELSE 'queued' END)::task_state, NULL, 'convert picture ' || i
FROM generate_series(1, 300) AS i;
ANALYZE tasks;
INSERT INTO tasks
SELECT i, 'finished', '3f2b8d0e-5d0b-4f3c-9a55-0c8f6a7d1e42', 'convert picture ' || i
FROM generate_series(301, 1200000) AS i;
ALTER TABLE tasks ADD PRIMARY KEY (task_id);
CREATE INDEX tasks_state ON tasks (state);
