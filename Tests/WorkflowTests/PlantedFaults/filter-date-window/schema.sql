-- A log that grows by date; six weeks of three years are asked for, and the date has no index.
CREATE TABLE shipment_log (
    entry_no integer NOT NULL,
    logged_on date NOT NULL,
    depot text NOT NULL,
    weight numeric(8,2) NOT NULL,
    note text NOT NULL
);
INSERT INTO shipment_log
SELECT i, date '2022-01-01' + i / 1000, 'depot-' || (hashint4(i) & 2147483647) % 30,
       ((hashint4(i + 1) & 2147483647) % 90000) / 100.0,
       'shipment ' || i || ' left the ramp, checked twice and sealed; papers are with the driver'
FROM generate_series(1, 1100000) AS i;
ALTER TABLE shipment_log ADD PRIMARY KEY (entry_no);

VACUUM ANALYZE shipment_log;
