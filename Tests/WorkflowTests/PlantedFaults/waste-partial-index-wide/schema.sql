-- The partial index (org_id) WHERE deleted_at IS NULL finds one large tenant's contacts; the reference is looked up among 133000 of them.
CREATE SCHEMA crm;
CREATE TABLE crm.contact (
    contact_id integer NOT NULL,
    org_id integer NOT NULL,
    external_ref varchar(40),
    full_name text NOT NULL,
    attributes jsonb NOT NULL,
    deleted_at timestamptz
);
INSERT INTO crm.contact
SELECT i, CASE WHEN i % 3 = 0 THEN 7 ELSE 10 + (hashint4(i) & 2147483647) % 700 END,
       'SF-' || upper(substr(md5(i::text), 1, 10)), 'Contact ' || i, jsonb_build_object('lang', (ARRAY['de','en','fr'])[1 + i % 3], 'score', i % 97),
       CASE WHEN i % 9 = 0 THEN timestamptz '2024-01-01 12:00:00+00' END
FROM generate_series(1, 600000) AS i;
ALTER TABLE crm.contact ADD PRIMARY KEY (contact_id);
CREATE INDEX contact_live ON crm.contact (org_id) WHERE deleted_at IS NULL;
VACUUM ANALYZE crm.contact;
