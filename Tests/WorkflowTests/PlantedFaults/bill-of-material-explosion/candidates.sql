CREATE INDEX ON bom (assembly);
CREATE INDEX ON bom (assembly, component);
CREATE INDEX ON bom USING gist (valid);
CREATE INDEX ON bom (component);
ANALYZE bom;
SET work_mem = '64MB';
