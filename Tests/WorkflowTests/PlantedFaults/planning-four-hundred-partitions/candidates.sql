SET enable_partitionwise_join = on;
SET plan_cache_mode = force_generic_plan;
ANALYZE journal.entry;
