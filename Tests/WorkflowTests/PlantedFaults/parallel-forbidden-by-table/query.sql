SELECT date_trunc('year', c.signed) AS year, count(*) AS contracts, sum(length(replace(c.body, 'party', 'side'))) AS letters
FROM contract_text c
WHERE c.body ~ 'number [0-9]*[02468], the'
GROUP BY 1
ORDER BY 1;
