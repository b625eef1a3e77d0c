SELECT t.ticket_code, t.zone, t.sold_at, t.price
FROM transit.ticket t
WHERE t.ticket_code = 'T000500123'::text;
