-- MIN is planned as an ordered index scan with LIMIT 1; the method's samples all lie at the far end.
CREATE SCHEMA assay;
CREATE TABLE assay.sample (
    sample_id uuid NOT NULL,
    method text NOT NULL,
    taken_at timestamp NOT NULL,
    result numeric(9,3)
);
INSERT INTO assay.sample
SELECT md5('sample' || i)::uuid, CASE WHEN i > 670000 AND i % 6 = 0 THEN 'LC-MS/MS' ELSE 'method ' || i % 15 END,
       timestamp '2018-04-01' + make_interval(mins => i * 4), ((hashint4(i) & 2147483647) % 100000) / 1000.0
FROM generate_series(1, 700000) AS i;
ALTER TABLE assay.sample ADD PRIMARY KEY (sample_id);
CREATE INDEX sample_taken ON assay.sample (taken_at);
VACUUM ANALYZE assay.sample;
