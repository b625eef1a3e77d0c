CREATE INDEX ON weather.observation (station_id, observed_on) INCLUDE (temperature); VACUUM weather.observation;
CREATE INDEX ON weather.observation (station_id, observed_on, temperature); VACUUM weather.observation;
CREATE INDEX ON weather.observation (observed_on);
CREATE INDEX ON weather.observation (observed_on, station_id) INCLUDE (temperature); VACUUM weather.observation;
CREATE INDEX ON weather.observation (observed_on, station_id);
