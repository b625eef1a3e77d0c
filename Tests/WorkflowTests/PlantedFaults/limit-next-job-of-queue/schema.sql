-- The queue and the state are not in any index; ready tasks are the youngest, the walk begins with the oldest.
CREATE SCHEMA work;
CREATE TYPE work.task_state AS ENUM ('ready', 'running', 'done');
CREATE TABLE work.task (
    task_id bigint NOT NULL,
    queue text NOT NULL,
    state work.task_state NOT NULL,
    attempts smallint NOT NULL,
    payload jsonb NOT NULL
);
INSERT INTO work.task
SELECT i, (ARRAY['mail','thumbnail','invoice','export'])[1 + i % 4],
       (CASE WHEN i > 595000 THEN CASE WHEN i % 3 = 0 THEN 'running' ELSE 'ready' END ELSE 'done' END)::work.task_state, i % 3,
       jsonb_build_object('n', i, 'trace', md5(i::text))
FROM generate_series(1, 600000) AS i;
ALTER TABLE work.task ADD PRIMARY KEY (task_id);
VACUUM ANALYZE work.task;
