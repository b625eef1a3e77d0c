-- Both columns are indexed. Statistics from before the load say that no ticket is 'open',
-- so the planner fetches every open ticket instead of the few of one customer.
CREATE SCHEMA helpdesk;
CREATE TABLE helpdesk.tickets (
    ticket_id integer NOT NULL,
    customer_id integer NOT NULL,
    state text NOT NULL,
    subject text NOT NULL
) WITH (autovacuum_enabled = false);
INSERT INTO helpdesk.tickets
SELECT i, i % 400, CASE WHEN i % 5 = 0 THEN 'archived' ELSE 'closed' END, 'ticket ' || i || ', settled'
FROM generate_series(1, 20000) AS i;
VACUUM ANALYZE helpdesk.tickets;
INSERT INTO helpdesk.tickets
SELECT i, (hashint4(i) & 2147483647) % 10000, 'open', 'ticket ' || i || ', waiting for an answer from the second level of the support desk'
FROM generate_series(20001, 1200000) AS i;
ALTER TABLE helpdesk.tickets ADD PRIMARY KEY (ticket_id);
CREATE INDEX tickets_customer ON helpdesk.tickets (customer_id);
CREATE INDEX tickets_state ON helpdesk.tickets (state);
