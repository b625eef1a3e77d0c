WITH hot AS (
    SELECT t."TicketId", t."Customer", t."Minutes"
    FROM "Ticket" t
    WHERE lower(t."Priority") = 'high' AND extract(year FROM t."OpenedOn") = 2022 AND right(t."Line", 1) IN ('0', '4', '6')
)
SELECT h."Customer", h."TicketId", h."Minutes"
FROM hot h
WHERE NOT EXISTS (SELECT 1 FROM hot g WHERE g."Customer" = h."Customer" AND g."TicketId" > h."TicketId")
ORDER BY h."Minutes" DESC, h."TicketId"
LIMIT 25;
