SELECT DISTINCT c.topic, p.address
FROM crm.contacts c
JOIN crm.people p USING (person_id)
ORDER BY c.topic, p.address;
