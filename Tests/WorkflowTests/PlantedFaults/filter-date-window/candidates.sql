CREATE INDEX ON shipment_log (logged_on);
CREATE INDEX ON shipment_log (logged_on, depot);
CREATE INDEX ON shipment_log USING brin (logged_on);
CREATE INDEX ON shipment_log (logged_on) INCLUDE (depot, weight, note);
