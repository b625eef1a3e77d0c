-- Larger: the product of dependent selectivities expects one wafer. Smaller: the recipe's code has no index.
CREATE SCHEMA fab;
CREATE TABLE fab.recipe (recipe_id integer NOT NULL, code text NOT NULL, seconds integer NOT NULL);
INSERT INTO fab.recipe SELECT i, 'RCP-' || md5(i::text), (hashint4(i) & 2147483647) % 900 FROM generate_series(1, 700000) AS i;
ALTER TABLE fab.recipe ADD PRIMARY KEY (recipe_id);
CREATE TABLE fab.wafer (
    wafer_id integer NOT NULL,
    line smallint NOT NULL,
    tool text NOT NULL,
    chamber text NOT NULL,
    product integer NOT NULL,
    slot integer NOT NULL,
    seconds integer NOT NULL
);
INSERT INTO fab.wafer
SELECT i, i % 80 % 40, 'tool ' || i % 80, 'chamber ' || i % 80 % 60, (i % 80) * 11, (hashint4(i) & 2147483647) % 2500, (hashint4(i + 1) & 2147483647) % 1000
FROM generate_series(1, 280000) AS i;
ALTER TABLE fab.wafer ADD PRIMARY KEY (wafer_id);
CREATE INDEX wafer_tool ON fab.wafer (tool, chamber);
VACUUM ANALYZE fab.recipe;
VACUUM ANALYZE fab.wafer;
