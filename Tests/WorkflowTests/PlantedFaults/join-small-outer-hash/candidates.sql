CREATE INDEX ON warehouse.pick_lines (pick_id);
CREATE INDEX ON warehouse.pick_lines (pick_id, quantity);
CREATE INDEX ON warehouse.pick_lines (pick_id) INCLUDE (quantity, label);
