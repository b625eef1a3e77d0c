CREATE INDEX ON integration.webhook ((body ->> 'reference')); ANALYZE integration.webhook;
CREATE INDEX ON integration.webhook ((body ->> 'reference'), received_at); ANALYZE integration.webhook;
CREATE INDEX ON integration.webhook USING gin (body); ANALYZE integration.webhook;
CREATE INDEX ON integration.webhook USING gin (body jsonb_path_ops); ANALYZE integration.webhook;
CREATE INDEX ON integration.webhook USING hash ((body ->> 'reference')); ANALYZE integration.webhook;
