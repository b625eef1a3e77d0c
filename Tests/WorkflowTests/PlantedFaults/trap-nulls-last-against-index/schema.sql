-- An index on the sort column exists; the statement wants the NULLs at the other end.
CREATE TABLE reminder (reminder_id integer NOT NULL, due_at timestamp, level smallint NOT NULL, letter text NOT NULL);
INSERT INTO reminder
SELECT i, CASE WHEN i % 5 > 0 THEN timestamp '2022-01-01' + make_interval(secs => (hashint4(i) & 2147483647) % 70000000) END, i % 4, 'Dear customer number ' || i || ', kindly settle your account'
FROM generate_series(1, 600000) AS i;
ALTER TABLE reminder ADD PRIMARY KEY (reminder_id);
CREATE INDEX reminder_due_at ON reminder (due_at);
VACUUM ANALYZE reminder;
