CREATE INDEX ON transit.ticket ((ticket_code::text)); ANALYZE transit.ticket;
CREATE INDEX ON transit.ticket (sold_at);
ANALYZE transit.ticket;
