-- The sales are partitioned by shop; the shop is found by its name in a sub-query, whose result prunes nothing.
CREATE SCHEMA till;
CREATE TABLE till.shop (shop_id smallint PRIMARY KEY, name text NOT NULL UNIQUE, town text NOT NULL);
INSERT INTO till.shop SELECT i, 'Shop no. ' || i, 'town ' || i % 9 FROM generate_series(1, 24) AS i;
CREATE TABLE till.sale (shop_id smallint NOT NULL, sold_at timestamp NOT NULL, amount numeric(9,2) NOT NULL, cashier text NOT NULL) PARTITION BY LIST (shop_id);
DO $$ BEGIN
    FOR s IN 1..24 LOOP
        EXECUTE format('CREATE TABLE till.sale_%s PARTITION OF till.sale FOR VALUES IN (%s)', s, s);
    END LOOP;
END $$;
INSERT INTO till.sale SELECT 1 + i % 24, timestamp '2024-01-01' + make_interval(secs => i * 20), (i % 9999) / 100.0, 'cashier ' || i % 300 || ', paid by card, receipt printed and signed by the customer' FROM generate_series(1, 800000) AS i;
VACUUM ANALYZE till.sale;
VACUUM ANALYZE till.shop;
