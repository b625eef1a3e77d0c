CREATE INDEX ON work.task (queue, state, task_id);
CREATE INDEX ON work.task (state, queue, task_id);
CREATE INDEX ON work.task (queue, task_id) WHERE state = 'ready';
CREATE INDEX ON work.task (task_id) WHERE state = 'ready';
CREATE INDEX ON work.task (state);
CREATE INDEX ON work.task (queue, state);
CREATE INDEX ON work.task (queue);
CREATE INDEX ON work.task (queue, task_id);
