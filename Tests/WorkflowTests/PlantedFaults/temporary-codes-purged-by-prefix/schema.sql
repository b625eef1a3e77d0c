-- The code is a domain over text with a language's collation: the primary key cannot serve a prefix.
CREATE SCHEMA vault;
CREATE DOMAIN vault.code AS text COLLATE "en-x-icu" CHECK (VALUE <> '');
CREATE TABLE vault.entry (code vault.code PRIMARY KEY, owner integer NOT NULL, stored_at timestamptz NOT NULL, digest bytea NOT NULL);
INSERT INTO vault.entry
SELECT (CASE WHEN i % 3 = 0 THEN 'TMP/' ELSE 'KEEP/' END) || 2000 + i % 25 || '/' || i, i % 900, timestamptz '2024-01-01 00:00:00+00' + make_interval(secs => i), decode(md5(i::text), 'hex')
FROM generate_series(1, 650000) AS i;
VACUUM ANALYZE vault.entry;
