CREATE INDEX ON net.block (first_address, last_address);
CREATE INDEX ON net.block (last_address, first_address);
CREATE INDEX ON net.block (first_address);
CREATE INDEX ON net.block (last_address);
CREATE UNIQUE INDEX ON net.block (first_address) INCLUDE (last_address);
