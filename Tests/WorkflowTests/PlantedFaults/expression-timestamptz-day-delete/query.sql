DELETE FROM ops.audit_trail
WHERE occurred_at::date = DATE '2023-02-14';
