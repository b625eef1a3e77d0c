SELECT count(*) AS people, avg(p.income) AS income, min(p.born) AS eldest
FROM census.person p
WHERE p.profession = 'profession 0' AND p.degree = 'degree 0' AND p.sector = 'sector 0';
