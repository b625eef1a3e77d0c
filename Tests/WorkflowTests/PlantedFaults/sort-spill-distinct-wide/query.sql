SELECT DISTINCT upper(c.topic) AS topic, p.address
FROM crm.contacts c
JOIN crm.people p USING (person_id);
