CREATE INDEX ON sales_archive.order_2023 (customer);
CREATE INDEX ON sales_archive.order_2023 (customer, placed);
CREATE INDEX ON sales_archive.order_2023 (placed, customer);
CREATE INDEX ON sales_archive.order_2023 (placed);
CREATE INDEX ON sales_archive.order_2023 USING hash (customer);
CREATE INDEX ON sales_archive.order_2023 (customer) INCLUDE (placed, cents, order_id); VACUUM sales_archive.order_2023;
