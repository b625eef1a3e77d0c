WITH valid AS (
    SELECT a.answer_id, a.stratum, a.score
    FROM survey.answers a
    WHERE a.country = 'DE' AND a.channel = 'web' AND a.wave = 4 AND a.consent
), spread AS (
    SELECT v.stratum, min(v.score) AS lowest, max(v.score) AS highest
    FROM valid v
    GROUP BY v.stratum
)
SELECT count(*) AS extremes
FROM valid v
JOIN spread s ON s.stratum = v.stratum
WHERE v.score = s.lowest OR v.score = s.highest;
