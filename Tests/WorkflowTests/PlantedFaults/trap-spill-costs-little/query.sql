SELECT c.complaint_id, c.severity * c.delay AS weight, c.body
FROM complaints c
WHERE c.body NOT LIKE '%withdrawn by%' AND c.body NOT LIKE '%paid back%' AND c.body LIKE '%box was crushed%'
ORDER BY c.severity * c.delay DESC;
