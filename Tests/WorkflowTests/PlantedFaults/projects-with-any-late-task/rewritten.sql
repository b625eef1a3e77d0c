SELECT p.project_id, p.title, p.briefing, p.budget
FROM agency.project p
WHERE EXISTS (
    SELECT 1
    FROM agency.task t
    WHERE t.project_id = p.project_id AND t.due < '2024-12-01'
      AND EXISTS (SELECT 1 FROM agency.hours h WHERE h.task_id = t.task_id OFFSET 0)
    OFFSET 0)
ORDER BY p.project_id;
