CREATE INDEX ON kiosk_sale (kiosk_id, date_trunc('month', sold_on)); ANALYZE kiosk_sale;
CREATE INDEX ON kiosk_sale (date_trunc('month', sold_on)); ANALYZE kiosk_sale;
CREATE INDEX ON kiosk_sale (date_trunc('month', sold_on), kiosk_id); ANALYZE kiosk_sale;
CREATE INDEX ON kiosk_sale (kiosk_id);
CREATE INDEX ON kiosk_sale (sold_on);
CREATE INDEX ON kiosk_sale (sold_on, kiosk_id);
