SELECT count(*) AS readers, avg(r.opened) AS opened
FROM newsletter_reader r
WHERE r.active;
