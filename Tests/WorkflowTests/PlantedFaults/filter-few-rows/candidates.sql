CREATE INDEX ON payments (paid_on);
CREATE INDEX ON payments (method, paid_on);
CREATE INDEX ON payments (paid_on, amount);
CREATE INDEX ON payments (paid_on, fee);
CREATE INDEX ON payments (paid_on, amount, fee);
CREATE INDEX ON payments (amount);
CREATE INDEX ON payments (fee);
CREATE INDEX ON payments (paid_on) INCLUDE (method, amount, fee);
