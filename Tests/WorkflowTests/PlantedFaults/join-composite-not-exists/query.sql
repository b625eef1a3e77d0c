SELECT e.site, e.code, e.due_on
FROM intake.expected AS e
WHERE NOT EXISTS (
    SELECT 1 FROM intake.deliveries AS d
    WHERE d.site = e.site AND d.code = e.code
)
ORDER BY e.due_on;
