ANALYZE purchasing.imports;
