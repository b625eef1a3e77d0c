CREATE INDEX ON numbered_document (series, year, number);
CREATE INDEX ON numbered_document (year, series, number);
CREATE INDEX ON numbered_document (series, year);
CREATE INDEX ON numbered_document (year, series);
CREATE INDEX ON numbered_document (number);
CREATE INDEX ON numbered_document (series, number);
CREATE INDEX ON numbered_document (number, series, year);
