SELECT m.message_id, m.received_at, m.sender, m.subject
FROM mail.message m
WHERE m.mailbox_id = 12
  AND m.thread_id = 4242
ORDER BY m.received_at DESC;
