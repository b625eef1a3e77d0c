CREATE INDEX ON repair.work_order (plant);
CREATE INDEX ON repair.work_order (plant, state);
CREATE INDEX ON repair.work_order (plant, state, due);
CREATE INDEX ON repair.work_order (plant, due) WHERE state IN ('open', 'held');
CREATE INDEX ON repair.work_order (plant) WHERE state = 'held';
CREATE INDEX ON repair.work_order (state);
CREATE INDEX ON repair.work_order (state, plant);
