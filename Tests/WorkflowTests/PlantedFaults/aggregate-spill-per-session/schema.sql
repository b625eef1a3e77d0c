-- Grouping by a random session key over wide rows: the hash table exceeds its memory early and the rest goes to disk.
CREATE SCHEMA web;
CREATE TABLE web.hit (
    hit_id integer PRIMARY KEY,
    session uuid NOT NULL,
    url text NOT NULL,
    at timestamp NOT NULL
);
INSERT INTO web.hit
SELECT i, md5('s' || (hashint4(i) & 2147483647) % 100000)::uuid, 'https://shop.example/' || repeat('path/', 50) || i, timestamp '2024-01-01' + make_interval(secs => i)
FROM generate_series(1, 350000) AS i;
VACUUM ANALYZE web.hit;
