CREATE INDEX ON hotel.reservation USING gist (stay);
CREATE INDEX ON hotel.reservation USING spgist (stay);
CREATE INDEX ON hotel.reservation (stay, room);
CREATE INDEX ON hotel.reservation (lower(stay), upper(stay));
ANALYZE hotel.reservation;
SET work_mem = '64MB';
