SELECT DISTINCT p.project_id, p.title, p.briefing, p.budget
FROM agency.project p
JOIN agency.task t ON t.project_id = p.project_id
JOIN agency.hours h ON h.task_id = t.task_id
WHERE t.due < '2024-12-01'
ORDER BY p.project_id;
