CREATE INDEX ON bookings (room, night);
CREATE INDEX ON bookings (night, room);
CREATE INDEX ON bookings (room);
CREATE INDEX ON bookings (night);
