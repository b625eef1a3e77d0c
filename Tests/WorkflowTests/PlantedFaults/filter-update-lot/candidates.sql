CREATE INDEX ON inventory.stock_items (lot_code, warehouse);
CREATE INDEX ON inventory.stock_items (warehouse, lot_code);
CREATE INDEX ON inventory.stock_items (lot_code);
CREATE INDEX ON inventory.stock_items (warehouse);
