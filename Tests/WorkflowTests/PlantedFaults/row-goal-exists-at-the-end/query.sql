SELECT EXISTS (SELECT 1 FROM import_row r WHERE r.state = 'failed' AND r.line LIKE 'field one;%') AS anything_failed;
