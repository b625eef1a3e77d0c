-- An index serves the mailbox; the thread is filtered afterwards, row by row.
CREATE SCHEMA mail;
CREATE TABLE mail.message (
    message_id bigint NOT NULL,
    mailbox_id integer NOT NULL,
    thread_id integer NOT NULL,
    received_at timestamptz NOT NULL,
    sender text NOT NULL,
    subject text NOT NULL
);
INSERT INTO mail.message
SELECT i, CASE WHEN i % 5 = 0 THEN 12 ELSE 100 + (hashint4(i) & 2147483647) % 4000 END,
       (hashint4(i + 2) & 2147483647) % 17000, timestamptz '2023-05-01 00:00:00+00' + make_interval(secs => i * 40),
       'sender' || (hashint4(i + 4) & 2147483647) % 9000 || '@example.net', 'Re: your enquiry of ' || i || ' about the delivery date'
FROM generate_series(1, 600000) AS i;
ALTER TABLE mail.message ADD PRIMARY KEY (message_id);
CREATE INDEX message_mailbox ON mail.message (mailbox_id);
VACUUM ANALYZE mail.message;
