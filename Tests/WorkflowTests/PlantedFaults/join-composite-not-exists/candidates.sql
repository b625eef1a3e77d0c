CREATE INDEX ON intake.deliveries (code, site);
CREATE INDEX ON intake.deliveries (site, code);
CREATE INDEX ON intake.deliveries (code);
CREATE INDEX ON intake.deliveries (site);
