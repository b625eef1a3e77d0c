ANALYZE lab.results;
