CREATE INDEX ON reminder (due_at DESC NULLS LAST);
CREATE INDEX ON reminder (due_at NULLS FIRST);
CREATE INDEX ON reminder (due_at DESC);
CREATE INDEX ON reminder (due_at) WHERE due_at IS NOT NULL;
SET work_mem = '64MB';
