CREATE INDEX ON fx.rates (currency, valid_from);
CREATE INDEX ON fx.rates (currency, valid_from DESC);
CREATE INDEX ON fx.rates (currency, valid_from DESC) INCLUDE (rate);
CREATE INDEX ON fx.rates (valid_from);
CREATE INDEX ON fx.rates (currency);
CREATE INDEX ON fx.rates (valid_from, currency);
