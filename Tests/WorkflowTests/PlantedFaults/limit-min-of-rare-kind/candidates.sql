CREATE INDEX ON assay.sample (method);
CREATE INDEX ON assay.sample (method, taken_at);
CREATE INDEX ON assay.sample (taken_at, method);
CREATE INDEX ON assay.sample (taken_at) WHERE method = 'LC-MS/MS';
CREATE INDEX ON assay.sample (method) INCLUDE (taken_at);
