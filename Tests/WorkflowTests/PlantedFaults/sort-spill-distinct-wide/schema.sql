-- DISTINCT over wide joined rows: the planner sorts all of them on disk, and hashes 9000 groups when work_mem allows.
CREATE SCHEMA crm;
CREATE TABLE crm.people (
    person_id integer PRIMARY KEY,
    address text NOT NULL
);
INSERT INTO crm.people
SELECT i, repeat('District of the old town hall, ', 30) || 'street ' || i
FROM generate_series(1, 3000) AS i;
CREATE TABLE crm.contacts (
    person_id integer NOT NULL,
    topic text NOT NULL
) WITH (parallel_workers = 0);
INSERT INTO crm.contacts
SELECT 1 + (hashint4(i) & 2147483647) % 3000, 'topic-' || (hashint4(i + 1) & 2147483647) % 3
FROM generate_series(1, 100000) AS i;
VACUUM ANALYZE crm.people;
VACUUM ANALYZE crm.contacts;
