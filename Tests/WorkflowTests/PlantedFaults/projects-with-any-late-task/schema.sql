-- Projects with a late task that has hours booked: two joins multiply each wide project by hundreds, DISTINCT undoes it.
CREATE SCHEMA agency;
CREATE TABLE agency.project (project_id integer PRIMARY KEY, title text NOT NULL, briefing text NOT NULL, budget numeric(12,2) NOT NULL);
INSERT INTO agency.project SELECT i, 'project ' || i, repeat('briefing of project ' || i || '. ', 8), i * 100 FROM generate_series(1, 1500) AS i;
CREATE TABLE agency.task (task_id integer PRIMARY KEY, project_id integer NOT NULL REFERENCES agency.project, due date NOT NULL);
INSERT INTO agency.task SELECT i, 1 + i % 1500, date '2024-01-01' + i % 365 FROM generate_series(1, 30000) AS i;
CREATE TABLE agency.hours (task_id integer NOT NULL REFERENCES agency.task, on_day date NOT NULL, minutes smallint NOT NULL);
INSERT INTO agency.hours SELECT 1 + (hashint4(i) & 2147483647) % 30000, date '2024-01-01' + i % 365, i % 480 FROM generate_series(1, 300000) AS i;
CREATE INDEX task_project ON agency.task (project_id);
CREATE INDEX hours_task ON agency.hours (task_id);
VACUUM ANALYZE agency.project;
VACUUM ANALYZE agency.task;
VACUUM ANALYZE agency.hours;
