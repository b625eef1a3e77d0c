-- A view hides the boolean filter; the query adds an equality. Only one job in 400 is pending.
CREATE SCHEMA ops;
CREATE TABLE ops.jobs (
    job_id integer NOT NULL,
    queue text NOT NULL,
    done boolean NOT NULL,
    run_at timestamptz NOT NULL,
    payload text NOT NULL
);
INSERT INTO ops.jobs
SELECT i,
       (ARRAY['mail', 'sms', 'invoice', 'thumbnail', 'archive'])[1 + (hashint4(i) & 2147483647) % 5],
       (hashint4(i + 11) & 2147483647) % 400 <> 0,
       timestamptz '2024-01-01 00:00:00+00' + make_interval(secs => i),
       'payload of job ' || i || ' with its arguments and the name of the customer it is for'
FROM generate_series(1, 900000) AS i;
ALTER TABLE ops.jobs ADD PRIMARY KEY (job_id);
CREATE VIEW ops.pending_jobs AS
    SELECT job_id, queue, run_at, payload FROM ops.jobs WHERE payload NOT LIKE '%test customer%' AND NOT done;
VACUUM ANALYZE ops.jobs;
