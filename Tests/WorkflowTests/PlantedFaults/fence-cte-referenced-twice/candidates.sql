CREATE INDEX ON "School"."Mark" ("Given");
CREATE INDEX ON "School"."Mark" ("Pupil", "Given");
SET work_mem = '128MB';
