CREATE INDEX ON saas.ticket_event (ticket_id);
CREATE INDEX ON saas.ticket_event (ticket_id, kind) INCLUDE (seq); VACUUM saas.ticket_event;
CREATE INDEX ON saas.ticket (tenant_id, state);
