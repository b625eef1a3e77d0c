-- ticket_code is char(10); the middleware binds text.
CREATE SCHEMA transit;
CREATE TABLE transit.ticket (
    ticket_code char(10) NOT NULL,
    zone smallint NOT NULL,
    sold_at timestamp NOT NULL,
    price numeric(6,2) NOT NULL,
    machine integer NOT NULL
);
INSERT INTO transit.ticket
SELECT 'T' || lpad(i::text, 9, '0'), i % 9, timestamp '2024-01-01' + make_interval(secs => i * 20), 2.40 + (i % 30) / 10.0, i % 700
FROM generate_series(1, 900000) AS i;
ALTER TABLE transit.ticket ADD PRIMARY KEY (ticket_code);
VACUUM ANALYZE transit.ticket;
