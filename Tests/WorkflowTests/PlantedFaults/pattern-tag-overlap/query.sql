SELECT a.article_id, a.headline, a.published_at
FROM cms.article a
WHERE a.labels && ARRAY['topic-815', 'topic-4711']
ORDER BY a.published_at DESC, a.article_id;
