CREATE INDEX ON fleet.state_change (vehicle, changed_at DESC);
CREATE INDEX ON fleet.state_change (vehicle, changed_at);
CREATE INDEX ON fleet.state_change (vehicle, changed_at DESC) INCLUDE (state); VACUUM fleet.state_change;
CREATE INDEX ON fleet.state_change (vehicle, changed_at DESC, state); VACUUM fleet.state_change;
CREATE INDEX ON fleet.state_change (vehicle);
CREATE INDEX ON fleet.state_change (changed_at);
SET work_mem = '64MB';
