CREATE INDEX ON clicks (kind);
CREATE INDEX ON clicks (click_id) WHERE kind = 'refund';
CREATE INDEX ON clicks (kind, page);
