-- The partition key is never mentioned: planning opens 400 partitions twice, execution touches hardly anything.
CREATE SCHEMA journal;
CREATE TABLE journal.entry (
    day date NOT NULL,
    entry_no integer NOT NULL,
    reverses integer,
    cents integer NOT NULL
) PARTITION BY RANGE (day);
DO $$ BEGIN
    FOR d IN 0..399 LOOP
        EXECUTE format('CREATE TABLE journal.entry_%s PARTITION OF journal.entry FOR VALUES FROM (%L) TO (%L)', d, date '2023-01-01' + d, date '2023-01-02' + d);
    END LOOP;
END $$;
INSERT INTO journal.entry SELECT date '2023-01-01' + i / 100, i, CASE WHEN i % 50 = 0 THEN i - 1 END, i % 7000 FROM generate_series(0, 39999) AS i;
CREATE INDEX ON journal.entry (entry_no);
ANALYZE journal.entry;
VACUUM;
