-- The rate in force on the day of each trade: the table of rates has eight rows on one page.
CREATE SCHEMA fx;
CREATE TABLE fx.rates (
    currency char(3) NOT NULL,
    valid_from date NOT NULL,
    rate numeric(10,5) NOT NULL
);
INSERT INTO fx.rates
SELECT (ARRAY['USD', 'GBP', 'CHF', 'JPY', 'NOK', 'SEK', 'PLN', 'CZK'])[1 + i % 8], date '2021-12-31' + ((i - 1) / 8),
       0.5 + ((hashint4(i) & 2147483647) % 100000) / 100000.0
FROM generate_series(1, 8) AS i;
CREATE TABLE fx.trades (
    trade_id integer PRIMARY KEY,
    currency char(3) NOT NULL,
    traded_on date NOT NULL,
    amount numeric(12,2) NOT NULL
);
INSERT INTO fx.trades
SELECT i, (ARRAY['USD', 'GBP', 'CHF', 'JPY', 'NOK', 'SEK', 'PLN', 'CZK'])[1 + (hashint4(i) & 2147483647) % 8],
       date '2022-01-01' + (hashint4(i + 1) & 2147483647) % 280, ((hashint4(i + 2) & 2147483647) % 900000) / 100.0
FROM generate_series(1, 25000) AS i;
VACUUM ANALYZE fx.rates;
VACUUM ANALYZE fx.trades;
