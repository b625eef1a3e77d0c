-- parallel_workers = 0 was left behind after a migration. The function stands for a call that waits for another machine.
CREATE SCHEMA path;
CREATE FUNCTION path.score(slide integer) RETURNS integer LANGUAGE plpgsql PARALLEL SAFE COST 2000 AS $$
BEGIN
    PERFORM pg_sleep(0.003);
    RETURN (hashint4(slide) & 2147483647) % 100;
END $$;
CREATE TABLE path.slide (
    slide_id integer NOT NULL,
    taken date NOT NULL,
    finding text NOT NULL
) WITH (parallel_workers = 0);
INSERT INTO path.slide
SELECT i, date '2020-01-01' + i % 1500, repeat('no abnormality in field ' || i || ', ', 15) FROM generate_series(1, 40000) AS i;
ALTER TABLE path.slide ADD PRIMARY KEY (slide_id);
VACUUM ANALYZE path.slide;
