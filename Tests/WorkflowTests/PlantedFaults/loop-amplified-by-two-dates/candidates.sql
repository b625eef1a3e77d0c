CREATE INDEX ON rental.position (vehicle, kind);
CREATE INDEX ON rental.position (kind, vehicle);
CREATE INDEX ON rental.position (vehicle) WHERE kind = 'harsh braking';
CREATE INDEX ON rental.position (vehicle, kind) INCLUDE (speed); VACUUM rental.position;
CREATE INDEX ON rental.hire (begun, ended);
CREATE STATISTICS rental.hire_span (dependencies, mcv) ON begun, ended FROM rental.hire; ANALYZE rental.hire;
SET enable_nestloop = off;
