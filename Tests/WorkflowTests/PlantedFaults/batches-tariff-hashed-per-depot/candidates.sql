SET work_mem = '8MB';
SET work_mem = '16MB';
SET work_mem = '64MB';
CREATE INDEX ON freight.tariff (zone, weight_class);
CREATE INDEX ON freight.shipment (depot, zone, weight_class);
SET enable_hashjoin = off;
