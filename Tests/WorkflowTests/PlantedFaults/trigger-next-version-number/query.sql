UPDATE wiki.page SET locked = true
WHERE page_id BETWEEN 1200 AND 1225;
