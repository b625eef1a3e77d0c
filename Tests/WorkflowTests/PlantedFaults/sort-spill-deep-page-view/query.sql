SELECT k.name, k.biography, k.played_on, k.net
FROM league.ranking k
ORDER BY k.net, k.played_on
OFFSET 5975 LIMIT 25
