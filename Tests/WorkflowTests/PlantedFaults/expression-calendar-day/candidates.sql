CREATE INDEX ON page_view (date(viewed_at)); ANALYZE page_view;
CREATE INDEX ON page_view (date(viewed_at)) INCLUDE (path, visitor); ANALYZE page_view;
CREATE INDEX ON page_view (date(viewed_at), path); ANALYZE page_view;
CREATE INDEX ON page_view (path);
