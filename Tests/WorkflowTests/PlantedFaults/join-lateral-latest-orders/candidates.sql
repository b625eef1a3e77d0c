CREATE INDEX ON orders (customer_id, placed_at DESC);
CREATE INDEX ON orders (customer_id, placed_at);
CREATE INDEX ON orders (customer_id);
CREATE INDEX ON orders (placed_at, customer_id);
CREATE INDEX ON orders (placed_at);
