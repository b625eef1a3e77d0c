-- The practitioner's index exists beside the calendar's.
CREATE SCHEMA clinic;
CREATE TYPE clinic.visit_state AS ENUM ('booked', 'arrived', 'seen', 'missed', 'cancelled');
CREATE TABLE clinic.appointment (
    appointment_id uuid NOT NULL,
    starts_at timestamptz NOT NULL,
    practitioner_id integer NOT NULL,
    patient_id integer NOT NULL,
    state clinic.visit_state NOT NULL,
    reason text NOT NULL
);
INSERT INTO clinic.appointment
SELECT md5('appointment' || i)::uuid, timestamptz '2023-01-02 07:00:00+00' + make_interval(mins => i),
       1 + (hashint4(i) & 2147483647) % 900, (hashint4(i + 3) & 2147483647) % 120000,
       (enum_range(NULL::clinic.visit_state))[1 + (hashint4(i + 5) & 2147483647) % 5],
       'control visit number ' || i || ', referred by the house doctor'
FROM generate_series(1, 600000) AS i;
ALTER TABLE clinic.appointment ADD PRIMARY KEY (appointment_id);
CREATE UNIQUE INDEX appointment_calendar ON clinic.appointment (starts_at, practitioner_id);
CREATE INDEX appointment_practitioner ON clinic.appointment (practitioner_id, state, starts_at);
VACUUM ANALYZE clinic.appointment;
