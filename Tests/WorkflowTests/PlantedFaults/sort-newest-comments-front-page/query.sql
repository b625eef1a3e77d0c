SELECT c.comment_id, c.written_at, c.author, left(c.body, 60) AS start
FROM blog.comment c
ORDER BY c.written_at DESC, c.comment_id
LIMIT 30;
