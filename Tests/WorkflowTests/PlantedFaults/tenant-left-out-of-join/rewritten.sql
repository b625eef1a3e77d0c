SELECT n.name, t.ticket_id, count(e.seq) AS replies
FROM saas.tenant n
JOIN saas.ticket t ON t.tenant_id = n.tenant_id
LEFT JOIN saas.agent a ON a.tenant_id = n.tenant_id AND a.agent_id = t.agent_id
JOIN saas.ticket_event e ON e.ticket_id = t.ticket_id AND e.tenant_id = 42
WHERE n.tenant_id = 42 AND t.state = 'open' AND e.kind = 'reply'
GROUP BY n.name, t.ticket_id
ORDER BY replies DESC, t.ticket_id
LIMIT 30;
