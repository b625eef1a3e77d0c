SET jit = off;
SET jit_above_cost = 100000;
SET jit_inline_above_cost = 500000; SET jit_optimize_above_cost = 500000;
CREATE INDEX ON energy.load (meter) INCLUDE (at, watts); VACUUM energy.load;
ANALYZE energy.load;
SET work_mem = '64MB';
