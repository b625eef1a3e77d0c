WITH scored AS MATERIALIZED (
    SELECT a.applicant_id, a.postcode, risk.score(a.income, a.postcode, a.born) AS score
    FROM risk.applicant a
)
SELECT s.postcode, count(*) AS applicants, max(s.score) AS best
FROM scored s
WHERE s.score > (SELECT avg(x.score) FROM scored x)
  AND s.score < (SELECT percentile_cont(0.99) WITHIN GROUP (ORDER BY y.score) FROM scored y)
GROUP BY s.postcode
ORDER BY applicants DESC, s.postcode
LIMIT 20;
