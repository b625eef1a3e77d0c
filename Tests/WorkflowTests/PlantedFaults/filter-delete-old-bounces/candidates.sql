CREATE INDEX ON post."Delivery" ("Outcome");
CREATE INDEX ON post."Delivery" ("At");
CREATE INDEX ON post."Delivery" ("Outcome", "At");
CREATE INDEX ON post."Delivery" ("At", "Outcome");
CREATE INDEX ON post."Delivery" ("At") WHERE "Outcome" IN ('bounced', 'complained');
CREATE INDEX ON post."Delivery" ("Outcome", "At") WHERE "Outcome" IN ('bounced', 'complained');
