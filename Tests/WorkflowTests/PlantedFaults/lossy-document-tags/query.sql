SELECT w.tag, s.documents, s.bytes
FROM (VALUES ('t1'), ('t7'), ('t12'), ('t23'), ('t38')) AS w(tag)
CROSS JOIN LATERAL (
    SELECT count(*) AS documents, sum(d.bytes) AS bytes
    FROM cms.document d
    WHERE d.meta @> jsonb_build_object('tags', jsonb_build_array(w.tag))
) AS s
ORDER BY w.tag;
