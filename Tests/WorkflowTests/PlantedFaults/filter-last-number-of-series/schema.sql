-- Numbers are drawn by max() + 1 per series and year, without an index for it.
CREATE TABLE numbered_document (document_id integer NOT NULL, series varchar(8) NOT NULL, year smallint NOT NULL, number integer NOT NULL, title text NOT NULL);
INSERT INTO numbered_document
SELECT i, (ARRAY['INV','CRN','ORD','DLV','QUO'])[1 + (hashint4(i) & 2147483647) % 5], 2010 + i / 60000, i % 60000, 'document of the series, typed by clerk ' || i % 40
FROM generate_series(1, 800000) AS i;
ALTER TABLE numbered_document ADD PRIMARY KEY (document_id);
VACUUM ANALYZE numbered_document;
