-- All picks joined to all their lines: a hash join over both tables is the right plan.
CREATE SCHEMA warehouse;
CREATE TABLE warehouse.picks (
    pick_id integer NOT NULL,
    picked_on date NOT NULL,
    picker text NOT NULL
);
INSERT INTO warehouse.picks
SELECT i, date '2022-01-01' + i / 120, 'picker-' || (hashint4(i) & 2147483647) % 60
FROM generate_series(1, 90000) AS i;
ALTER TABLE warehouse.picks ADD PRIMARY KEY (pick_id);
CREATE INDEX picks_picked_on ON warehouse.picks (picked_on);
CREATE TABLE warehouse.pick_lines (
    line_id integer NOT NULL,
    pick_id integer NOT NULL,
    sku integer NOT NULL,
    quantity integer NOT NULL,
    label text NOT NULL
);
INSERT INTO warehouse.pick_lines
SELECT i, 1 + (hashint4(i) & 2147483647) % 90000, (hashint4(i + 1) & 2147483647) % 20000, 1 + i % 12,
       'bin ' || i % 900 || ', shelf label printed by station ' || i % 31
FROM generate_series(1, 1200000) AS i;
ALTER TABLE warehouse.pick_lines ADD PRIMARY KEY (line_id);
VACUUM ANALYZE warehouse.picks;
VACUUM ANALYZE warehouse.pick_lines;
