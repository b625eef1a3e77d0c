-- Names that came with the server, sorted bytewise, one kind per row: what plandx trusts by name where it
-- cannot read pg_proc. Functions: no overload is VOLATILE, and a query can call one.
WITH kept AS (
  SELECT p.proname FROM pg_proc p
  WHERE p.oid < 16384 AND p.pronamespace = 'pg_catalog'::regnamespace
  GROUP BY p.proname
  HAVING bool_and(p.provolatile <> 'v')
    AND bool_or(p.prorettype NOT IN ('internal'::regtype, 'trigger'::regtype, 'event_trigger'::regtype)
      AND NOT p.proargtypes::oid[] && ARRAY['internal'::regtype, 'cstring'::regtype]::oid[])
), operators AS (
  SELECT DISTINCT oprname FROM pg_operator WHERE oid < 16384
), types AS (
  SELECT typname FROM pg_type
  WHERE oid < 16384 AND typnamespace = 'pg_catalog'::regnamespace
    AND typrelid = 0 AND typcategory <> 'A' AND typtype <> 'p'
)
SELECT 'functions', string_agg(proname, ' ' ORDER BY proname COLLATE "C") FROM kept
UNION ALL
SELECT 'operators', string_agg(oprname, ' ' ORDER BY oprname COLLATE "C") FROM operators
UNION ALL
SELECT 'types', string_agg(typname, ' ' ORDER BY typname COLLATE "C") FROM types
