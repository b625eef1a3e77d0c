WITH RECURSIVE below AS (
    SELECT e.employee_id, e.salary, 0 AS depth, ARRAY[e.employee_id] AS path
    FROM staff.employee e
    WHERE e.employee_id = 3
    UNION ALL
    SELECT e.employee_id, e.salary, b.depth + 1, b.path || e.employee_id
    FROM below b
    JOIN staff.employee e ON e.manager_id = b.employee_id
)
SELECT b.depth, count(*) AS people, sum(b.salary) AS salaries, max(b.path) AS last_path
FROM below b
GROUP BY b.depth
ORDER BY b.depth;
