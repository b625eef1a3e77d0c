ANALYZE gate_pass;
VACUUM ANALYZE gate_pass;
