WITH ranked AS (
    SELECT f.*, rank() OVER (PARTITION BY f.department ORDER BY f.salary DESC) AS place
    FROM hr.personnel_file f
)
SELECT a.department, a.person_no, a.salary, a.salary - b.salary AS ahead
FROM ranked a
JOIN ranked b ON b.department = a.department AND b.place = 2
WHERE a.place = 1
ORDER BY a.department, a.person_no;
