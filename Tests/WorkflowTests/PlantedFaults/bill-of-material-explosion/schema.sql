-- The key is (component, assembly); the explosion walks from assembly to component and can enter it nowhere.
CREATE DOMAIN part_no AS text CHECK (VALUE ~ '^P[0-9]+$');
CREATE TABLE bom (
    component part_no NOT NULL,
    assembly part_no NOT NULL,
    quantity numeric(9,3) NOT NULL,
    valid daterange NOT NULL,
    PRIMARY KEY (component, assembly)
);
INSERT INTO bom
SELECT 'P' || i + 40000, 'P' || i / 4, 1 + i % 7, daterange(date '2020-01-01', NULL)
FROM generate_series(4, 340000) AS i;
VACUUM ANALYZE bom;
