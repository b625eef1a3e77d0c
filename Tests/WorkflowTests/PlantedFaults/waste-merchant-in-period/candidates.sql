CREATE INDEX ON card_transaction (merchant_code);
CREATE INDEX ON card_transaction (merchant_code, booked_at);
CREATE INDEX ON card_transaction (booked_at, merchant_code);
CREATE INDEX ON card_transaction (merchant_code, booked_at) INCLUDE (amount, currency);
CREATE INDEX ON card_transaction (merchant_code, currency, booked_at);
