CREATE INDEX ON clinic.appointment (practitioner_id);
CREATE INDEX ON clinic.appointment (practitioner_id, starts_at);
CREATE INDEX ON clinic.appointment (practitioner_id, state);
CREATE INDEX ON clinic.appointment (practitioner_id, state, starts_at);
CREATE INDEX ON clinic.appointment (practitioner_id, starts_at, state);
CREATE INDEX ON clinic.appointment (practitioner_id, starts_at) WHERE state IN ('booked', 'arrived');
CREATE INDEX ON clinic.appointment (state);
CREATE INDEX ON clinic.appointment (state, practitioner_id);
