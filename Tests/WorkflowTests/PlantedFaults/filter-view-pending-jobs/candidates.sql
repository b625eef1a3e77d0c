CREATE INDEX ON ops.jobs (queue) WHERE NOT done;
CREATE INDEX ON ops.jobs (queue, done);
CREATE INDEX ON ops.jobs (done, queue);
CREATE INDEX ON ops.jobs (queue, run_at) WHERE NOT done;
CREATE INDEX ON ops.jobs (done);
CREATE INDEX ON ops.jobs (queue);
