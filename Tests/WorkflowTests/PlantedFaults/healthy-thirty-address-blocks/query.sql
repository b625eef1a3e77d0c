SELECT b.country, b.provider, count(*) AS logins
FROM net.login l
LEFT JOIN net.block b ON l.address BETWEEN b.first_address AND b.last_address
GROUP BY b.country, b.provider
ORDER BY logins DESC, b.provider, b.country
LIMIT 15;
