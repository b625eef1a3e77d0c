ANALYZE tasks;
