-- Grouping by a random session key under 512kB of work_mem: the hash table spills and is re-read; no index has the order.
DO $$ BEGIN EXECUTE format('ALTER DATABASE %I SET work_mem = ''512kB''', current_database()); END $$;
CREATE SCHEMA web;
CREATE TABLE web.hit (
    hit_id integer NOT NULL,
    session text NOT NULL,
    url text NOT NULL,
    at timestamp NOT NULL
);
INSERT INTO web.hit
SELECT i, 'sess-' || md5('s' || (hashint4(i) & 2147483647) % 150000) || '-mobile-app', 'https://shop.example/' || i % 900, timestamp '2024-01-01' + make_interval(secs => i)
FROM generate_series(1, 400000) AS i;
ALTER TABLE web.hit ADD PRIMARY KEY (hit_id);
VACUUM ANALYZE web.hit;
