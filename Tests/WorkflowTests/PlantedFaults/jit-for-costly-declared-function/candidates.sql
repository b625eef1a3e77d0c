SET jit = off;
ALTER FUNCTION geo.cell(integer, integer) COST 100;
ALTER FUNCTION geo.cell(integer, integer) COST 1;
SET jit_inline_above_cost = -1; SET jit_optimize_above_cost = -1;
ANALYZE geo.stop_place;
