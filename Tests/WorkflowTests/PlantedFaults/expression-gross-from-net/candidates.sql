CREATE INDEX ON shop.offer ((price_net * 1.19)); ANALYZE shop.offer;
CREATE INDEX ON shop.offer ((price_net * 1.19), offer_id); ANALYZE shop.offer;
CREATE INDEX ON shop.offer (price_net, offer_id);
ANALYZE shop.offer;
