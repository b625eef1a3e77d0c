-- Four tables of a multi-tenant schema, each keyed (tenant_id, …); the statement constrains three of them.
CREATE SCHEMA saas;
CREATE TABLE saas.tenant (tenant_id integer PRIMARY KEY, name text NOT NULL);
INSERT INTO saas.tenant SELECT i, 'tenant ' || i FROM generate_series(1, 150) AS i;
CREATE TABLE saas.agent (tenant_id integer NOT NULL, agent_id integer NOT NULL, name text NOT NULL, PRIMARY KEY (tenant_id, agent_id));
INSERT INTO saas.agent SELECT 1 + i % 150, i, 'agent ' || i FROM generate_series(1, 3000) AS i;
CREATE TABLE saas.ticket (tenant_id integer NOT NULL, ticket_id integer NOT NULL, agent_id integer NOT NULL, state text NOT NULL, PRIMARY KEY (tenant_id, ticket_id));
INSERT INTO saas.ticket SELECT 1 + i % 150, i, i % 3000 - i % 150 + 150 + i % 150, (ARRAY['open','closed','closed','waiting'])[1 + (i / 150) % 4] FROM generate_series(1, 60000) AS i;
CREATE TABLE saas.ticket_event (tenant_id integer NOT NULL, ticket_id integer NOT NULL, seq integer NOT NULL, kind text NOT NULL, body text NOT NULL, PRIMARY KEY (tenant_id, ticket_id, seq));
INSERT INTO saas.ticket_event
SELECT 1 + t % 150, t, i / 60000, (ARRAY['note','reply','assign'])[1 + i % 3], 'event body ' || i || repeat('.', 40)
FROM (SELECT i, 1 + i % 60000 AS t FROM generate_series(0, 599999) AS i) AS s;
VACUUM ANALYZE saas.tenant;
VACUUM ANALYZE saas.agent;
VACUUM ANALYZE saas.ticket;
VACUUM ANALYZE saas.ticket_event;
