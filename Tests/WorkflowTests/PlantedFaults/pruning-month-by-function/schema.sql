-- Twelve monthly partitions; the month is asked for by a function of the key.
CREATE SCHEMA billing;
CREATE TABLE billing.usage_record (
    used_at timestamp NOT NULL,
    subscription integer NOT NULL,
    units integer NOT NULL,
    feature text NOT NULL
) PARTITION BY RANGE (used_at);
DO $$ BEGIN
    FOR m IN 1..12 LOOP
        EXECUTE format('CREATE TABLE billing.usage_record_%s PARTITION OF billing.usage_record FOR VALUES FROM (%L) TO (%L)',
                       m, make_date(2023, m, 1), make_date(2023, m, 1) + interval '1 month');
    END LOOP;
END $$;
INSERT INTO billing.usage_record
SELECT timestamp '2023-01-01' + make_interval(secs => i * 31), (hashint4(i) & 2147483647) % 5000, 1 + i % 60, 'feature-' || i % 25
FROM generate_series(0, 999999) AS i;
VACUUM ANALYZE billing.usage_record;
