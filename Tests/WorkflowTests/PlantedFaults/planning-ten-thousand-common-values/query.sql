SELECT s.title, p.at
FROM play p
JOIN song s ON s.song_key = p.song_key
WHERE p.play_id = 4711
ORDER BY s.title;
