-- Three groupings of every row in one pass: nothing can be spared.
CREATE SCHEMA helpdesk;
CREATE TYPE helpdesk.channel AS ENUM ('phone', 'mail', 'chat', 'visit');
CREATE TABLE helpdesk.contact (contact_id integer NOT NULL, channel helpdesk.channel NOT NULL, team smallint NOT NULL, on_day date NOT NULL, seconds integer NOT NULL);
INSERT INTO helpdesk.contact
SELECT i, (enum_range(NULL::helpdesk.channel))[1 + i % 4], (hashint4(i) & 2147483647) % 60, date '2023-01-01' + i % 730, (hashint4(i + 1) & 2147483647) % 3000
FROM generate_series(1, 300000) AS i;
CREATE INDEX contact_team ON helpdesk.contact (team);
CREATE INDEX contact_day ON helpdesk.contact (on_day);
VACUUM ANALYZE helpdesk.contact;
