-- Through the join the planner knows only that there are eleven statuses, not which of them is meant.
CREATE TABLE subscription_status (status_id smallint PRIMARY KEY, code text NOT NULL UNIQUE);
INSERT INTO subscription_status SELECT i, 'status-' || i FROM generate_series(1, 11) AS i;
CREATE TABLE subscription (
    subscription_id integer NOT NULL,
    status_id smallint NOT NULL REFERENCES subscription_status,
    renewed_on date NOT NULL,
    plan text NOT NULL,
    email text NOT NULL
);
INSERT INTO subscription
SELECT i, CASE WHEN i % 7000 = 0 THEN 9 ELSE (ARRAY[1,1,1,1,1,2,2,3,4,5,6,7,8,10,11])[1 + i % 15] END,
       date '2023-01-01' + i % 365, 'plan ' || i % 6, 'subscriber' || i || '@example.org'
FROM generate_series(1, 280000) AS i;
CREATE TABLE renewal (subscription_id integer NOT NULL, charged_on date NOT NULL, cents integer NOT NULL);
INSERT INTO renewal SELECT 1 + (hashint4(i) & 2147483647) % 280000, date '2023-01-01' + i % 365, 500 + i % 3000 FROM generate_series(1, 800000) AS i;
CREATE INDEX renewal_subscription ON renewal (subscription_id);
ALTER TABLE subscription ADD PRIMARY KEY (subscription_id);
CREATE INDEX subscription_status_idx ON subscription (status_id);
VACUUM ANALYZE subscription_status;
VACUUM ANALYZE subscription;
VACUUM ANALYZE renewal;
