CREATE INDEX ON club.training (member_id);
CREATE INDEX ON club.training (member_id) INCLUDE (points); VACUUM club.training;
CREATE INDEX ON club.section (hall);
CREATE INDEX ON club.member (section);
ANALYZE club.member; ANALYZE club.training;
VACUUM club.training;
SET work_mem = '64MB';
CREATE INDEX ON club.training (member_id) INCLUDE (points); CREATE INDEX ON club.member (member_id) INCLUDE (section); VACUUM club.training; VACUUM club.member;
