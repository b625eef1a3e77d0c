SELECT a.approver, count(*) AS sheets, sum(t.hours) AS hours, sum(a.minutes) AS minutes
FROM pm.timesheet t
JOIN pm.approval a ON a.worked_on = t.worked_on
WHERE t.project_id = 17 AND a.approver BETWEEN 20 AND 22
GROUP BY a.approver
ORDER BY a.approver;
