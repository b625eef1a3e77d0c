SELECT m.section,
       (SELECT s.title FROM club.section s WHERE s.section = m.section) AS title,
       (SELECT count(*) FROM club.section s WHERE s.hall = (SELECT h.hall FROM club.section h WHERE h.section = m.section)) AS sharing_hall,
       sum(t.points) AS points, count(*) AS trainings, stddev(t.points) AS spread
FROM club.training t
JOIN club.member m USING (member_id)
GROUP BY m.section
ORDER BY points DESC;
