DELETE FROM ops.audit_trail
WHERE occurred_at >= DATE '2023-02-14' AND occurred_at < DATE '2023-02-14' + 1;
