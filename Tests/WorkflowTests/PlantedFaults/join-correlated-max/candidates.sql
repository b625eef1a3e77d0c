CREATE INDEX ON catalog.price_history (product_no);
CREATE INDEX ON catalog.price_history (product_no, currency);
CREATE INDEX ON catalog.price_history (product_no, currency, price);
CREATE INDEX ON catalog.price_history (product_no, price) WHERE currency = 'EUR';
CREATE INDEX ON catalog.price_history (product_no, price);
CREATE INDEX ON catalog.price_history (currency);
