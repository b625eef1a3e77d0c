-- Somebody gave the database 64kB of work_mem. NOT IN can be hashed only if its list fits; here it is walked for each row.
DO $$ BEGIN EXECUTE format('ALTER DATABASE %I SET work_mem = ''64kB''', current_database()); END $$;
CREATE SCHEMA phone;
CREATE TABLE phone.block (number bigint PRIMARY KEY, exchange smallint NOT NULL);
INSERT INTO phone.block SELECT 4930000000 + i, i % 90 FROM generate_series(1, 40000) AS i;
CREATE TABLE phone.assignment (assignment_id integer NOT NULL, number bigint NOT NULL, customer uuid NOT NULL, ended boolean NOT NULL);
INSERT INTO phone.assignment SELECT i, 4930000000 + (hashint4(i) & 2147483647) % 40000, md5(i::text)::uuid, i % 11 = 0 FROM generate_series(1, 60000) AS i;
ALTER TABLE phone.assignment ADD PRIMARY KEY (assignment_id);
VACUUM ANALYZE phone.block;
VACUUM ANALYZE phone.assignment;
