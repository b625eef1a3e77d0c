CREATE INDEX ON store.content (house, shelf);
CREATE INDEX ON store.content (shelf, house);
CREATE INDEX ON store.content (shelf);
CREATE INDEX ON store.content (house);
CREATE INDEX ON store.content (house, shelf) INCLUDE (article, pieces); VACUUM store.content;
CREATE INDEX ON store.content (shelf, house) INCLUDE (article, pieces); VACUUM store.content;
