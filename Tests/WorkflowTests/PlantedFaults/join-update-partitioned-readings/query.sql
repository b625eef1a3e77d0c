UPDATE grid.reading r SET suspect = true
WHERE EXISTS (SELECT 1 FROM grid.faulty_meter f WHERE f.meter = r.meter);
