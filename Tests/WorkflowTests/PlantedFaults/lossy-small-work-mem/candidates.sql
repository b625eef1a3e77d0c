SET work_mem = '256kB';
SET work_mem = '1MB';
SET work_mem = '4MB';
SET work_mem = '16MB';
CREATE INDEX ON permit (district, granted_on);
CREATE INDEX ON permit (granted_on, district);
CREATE INDEX ON permit (district, permit_id);
