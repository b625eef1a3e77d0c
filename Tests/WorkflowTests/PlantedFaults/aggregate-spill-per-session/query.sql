SELECT count(*) AS sessions, max(s.hits) AS longest
FROM (SELECT h.session, count(*) AS hits, max(h.at) - min(h.at) AS span
      FROM web.hit h GROUP BY h.session) AS s
WHERE s.span > interval '1 hour';
