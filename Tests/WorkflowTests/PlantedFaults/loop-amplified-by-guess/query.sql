SELECT s.nick, count(*) AS moves, sum(m.points) AS points
FROM game.session s
JOIN game.move m ON m.session_id = s.session_id
WHERE upper(substr(s.nick, 1, 4)) = 'NICK' AND m.kind = 'walk-bonus'
GROUP BY s.nick
ORDER BY s.nick;
