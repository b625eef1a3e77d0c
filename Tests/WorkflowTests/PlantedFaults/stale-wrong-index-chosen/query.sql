SELECT t.ticket_id, t.subject
FROM helpdesk.tickets AS t
WHERE t.customer_id = 4711 AND t.state = 'open'
ORDER BY t.ticket_id DESC;
