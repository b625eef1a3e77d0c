-- Autovacuum analyses the partitions, never the partitioned table; a join of two such tables is estimated without any statistics.
CREATE SCHEMA post;
CREATE TABLE post.consignment (consignment_id integer NOT NULL, sender integer NOT NULL, weight_g integer NOT NULL) PARTITION BY HASH (consignment_id);
DO $$ BEGIN
    FOR p IN 0..3 LOOP
        EXECUTE format('CREATE TABLE post.consignment_%s PARTITION OF post.consignment FOR VALUES WITH (MODULUS 4, REMAINDER %s)', p, p);
    END LOOP;
END $$;
INSERT INTO post.consignment SELECT i, (hashint4(i) & 2147483647) % 60000, 100 + i % 30000 FROM generate_series(1, 250000) AS i;
CREATE INDEX ON post.consignment (sender);
CREATE TABLE post.trace (scan_no integer PRIMARY KEY, device text NOT NULL, celsius smallint NOT NULL);
INSERT INTO post.trace SELECT i, 'scanner ' || i % 900, i % 31 FROM generate_series(1, 600000) AS i;
VACUUM ANALYZE post.trace;
CREATE TABLE post.scan (scan_no integer NOT NULL, consignment_id integer NOT NULL, scanned_at timestamptz NOT NULL, place text NOT NULL) PARTITION BY RANGE (scanned_at);
CREATE TABLE post.scan_early PARTITION OF post.scan FOR VALUES FROM (MINVALUE) TO ('2024-05-05 00:00:00+00');
CREATE TABLE post.scan_late PARTITION OF post.scan FOR VALUES FROM ('2024-05-05 00:00:00+00') TO (MAXVALUE);
INSERT INTO post.scan SELECT i, 1 + (hashint4(i) & 2147483647) % 250000, timestamptz '2024-05-01 00:00:00+00' + make_interval(secs => i), 'hub ' || i % 70 FROM generate_series(1, 600000) AS i;
CREATE INDEX ON post.scan (consignment_id);
CREATE TABLE post.sender (sender integer PRIMARY KEY, contract char(6) NOT NULL);
INSERT INTO post.sender SELECT i, 'K' || lpad((i / 25)::text, 5, '0') FROM generate_series(0, 59999) AS i;
CREATE INDEX sender_contract ON post.sender (contract);
VACUUM ANALYZE post.consignment_0;
VACUUM ANALYZE post.consignment_1;
VACUUM ANALYZE post.consignment_2;
VACUUM ANALYZE post.consignment_3;
VACUUM ANALYZE post.scan_early;
VACUUM ANALYZE post.scan_late;
VACUUM ANALYZE post.sender;
