SELECT b.book_id, b.title, b.shelf
FROM books b
WHERE b.title LIKE '%ters to abc1%';
