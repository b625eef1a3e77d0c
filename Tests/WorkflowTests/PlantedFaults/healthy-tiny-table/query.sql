SELECT sum(t.amount * r.rate) AS turnover
FROM fx.trades AS t
LEFT JOIN LATERAL (
    SELECT x.rate
    FROM fx.rates AS x
    WHERE x.currency = t.currency AND x.valid_from <= t.traded_on
    ORDER BY x.valid_from DESC
    LIMIT 1
) AS r ON true;
