CREATE STATISTICS fab.wafer_place (dependencies) ON line, tool, chamber, product FROM fab.wafer; ANALYZE fab.wafer;
CREATE STATISTICS fab.wafer_place (mcv) ON line, tool, chamber, product FROM fab.wafer; ANALYZE fab.wafer;
ANALYZE fab.wafer;
