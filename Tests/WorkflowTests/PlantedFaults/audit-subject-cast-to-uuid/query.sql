SELECT t.ticket_id, l.action, max(l.at) AS last_at
FROM audit.ticket t
JOIN audit.log_entry l ON l.subject::uuid = t.ticket_id
WHERE t.queue = 'queue-321'
GROUP BY t.ticket_id, l.action
ORDER BY t.ticket_id, l.action;
