CREATE INDEX ON mail.message (mailbox_id, thread_id);
CREATE INDEX ON mail.message (thread_id);
CREATE INDEX ON mail.message (thread_id, mailbox_id);
CREATE INDEX ON mail.message (mailbox_id, thread_id, received_at);
CREATE INDEX ON mail.message (mailbox_id, received_at);
CREATE INDEX ON mail.message (mailbox_id, received_at DESC);
