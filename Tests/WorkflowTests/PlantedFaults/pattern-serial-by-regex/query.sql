SELECT e.engine_id, e.serial, e.built
FROM engine e
WHERE e.serial ~ 'C0FFE[0-9A-F]+-4[27]$'
ORDER BY e.built, e.engine_id;
