SELECT t.genre, count(*) AS loans, avg(l.days) AS days, sum(t.pages) AS pages
FROM library.loan l
JOIN library.title t ON t.title_id = l.title_id
GROUP BY t.genre
ORDER BY t.genre;
