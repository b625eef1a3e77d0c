-- A wrong number of groups under a full aggregate: the hash of eight groups is right.
CREATE TABLE "Ticket" (
    "TicketId" integer NOT NULL,
    "Priority" text NOT NULL,
    "OpenedOn" date NOT NULL,
    "Line" text NOT NULL,
    "Customer" integer NOT NULL,
    "Minutes" integer NOT NULL
);
INSERT INTO "Ticket"
SELECT i, (ARRAY['High','HIGH','low','Low'])[1 + i % 4], date '2020-01-01' + (hashint4(i) & 2147483647) % 1461,
       'line-' || lpad((i % 90)::text, 3, '0'), (hashint4(i + 1) & 2147483647) % 3000, (hashint4(i + 2) & 2147483647) % 900
FROM generate_series(1, 90000) AS i;
ALTER TABLE "Ticket" ADD PRIMARY KEY ("TicketId");
VACUUM ANALYZE "Ticket";
