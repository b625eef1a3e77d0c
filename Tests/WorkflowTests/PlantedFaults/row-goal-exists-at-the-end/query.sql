SELECT EXISTS (SELECT 1 FROM import_row r WHERE r.state = 'bad' AND r.row_no < 15000) AS anything_failed;
