SELECT count(*) AS ratings, sum(length(t.abstract)) AS letters, max(t.reader) AS last_reader
FROM (SELECT g.reader, r.abstract
      FROM press.rating g
      JOIN press.report r ON r.report_id = g.report_id
      ORDER BY g.points::bigint * r.weight DESC, g.reader, r.report_id
      FETCH FIRST 4000 ROWS ONLY) AS t;
