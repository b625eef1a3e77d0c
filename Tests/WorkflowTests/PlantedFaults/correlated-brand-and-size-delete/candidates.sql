CREATE STATISTICS "Stock".unit_model (dependencies) ON "Brand", "Family", "Size", "Supplier" FROM "Stock"."Unit"; ANALYZE "Stock"."Unit";
CREATE STATISTICS "Stock".unit_model (mcv) ON "Brand", "Family", "Size", "Supplier" FROM "Stock"."Unit"; ANALYZE "Stock"."Unit";
ANALYZE "Stock"."Unit";
CREATE INDEX ON "Stock"."Unit" ("Serial");
CREATE INDEX ON "Stock"."Unit" ("Brand", "Family", "Size", "Supplier", "Serial");
