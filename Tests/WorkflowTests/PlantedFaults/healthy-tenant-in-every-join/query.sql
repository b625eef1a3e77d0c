SELECT n.name, t.ticket_id, count(e.seq) AS events
FROM saas.tenant n
JOIN saas.ticket t ON t.tenant_id = n.tenant_id
LEFT JOIN saas.agent a ON a.tenant_id = n.tenant_id AND a.agent_id = t.agent_id
JOIN saas.ticket_event e ON e.tenant_id = t.tenant_id AND e.ticket_id = t.ticket_id
WHERE n.tenant_id = 42
GROUP BY n.name, t.ticket_id
ORDER BY events DESC, t.ticket_id
LIMIT 30;
