SELECT count(*) AS pairs, count(*) FILTER (WHERE regexp_replace(left(s.body, 50), '[^0-9a-f]+', '', 'g') = regexp_replace(left(t.body, 50), '[^0-9a-f]+', '', 'g')) AS alike
FROM corpus.sentence s
JOIN corpus.translation t USING (sentence_id)
WHERE s.document <> 4711;
