CREATE INDEX ON market.sale (shop, sold_at);
CREATE INDEX ON market.sale (shop, sold_at DESC);
CREATE INDEX ON market.sale (shop);
CREATE INDEX ON market.sale (sold_at, shop);
