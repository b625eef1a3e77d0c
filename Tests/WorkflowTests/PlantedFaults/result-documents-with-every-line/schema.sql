-- The ORM joins the document's text to each of its lines; the time is spent on sending it again and again.
CREATE SCHEMA dms;
CREATE TABLE dms.document (document_id integer PRIMARY KEY, body text NOT NULL);
ALTER TABLE dms.document ALTER body SET STORAGE PLAIN;
INSERT INTO dms.document SELECT i, repeat('paragraph ' || i || ' ', 140) FROM generate_series(1, 2000) AS i;
CREATE TABLE dms.line (document_id integer NOT NULL, line_no integer NOT NULL, amount numeric(9,2) NOT NULL, PRIMARY KEY (document_id, line_no));
INSERT INTO dms.line SELECT 1 + i % 2000, i / 2000, (i % 800) / 10.0 FROM generate_series(0, 69999) AS i;
VACUUM ANALYZE dms.document;
VACUUM ANALYZE dms.line;
