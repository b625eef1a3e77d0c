CREATE INDEX ON wholesale.item (family);
CREATE INDEX ON wholesale.item (changed_on);
CREATE INDEX ON wholesale.item (family) WHERE changed_on IS NULL;
ANALYZE wholesale.item;
VACUUM wholesale.item;
SET work_mem = '64MB';
CREATE INDEX ON wholesale.item (changed_on, family);
