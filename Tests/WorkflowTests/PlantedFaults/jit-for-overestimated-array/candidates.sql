SET jit = off;
SET jit_above_cost = 10000000;
SET jit_inline_above_cost = -1; SET jit_optimize_above_cost = -1;
ANALYZE depot.delivery;
