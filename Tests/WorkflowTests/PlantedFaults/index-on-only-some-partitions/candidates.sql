CREATE INDEX ON crm.activity_q3 (contact); CREATE INDEX ON crm.activity_q4 (contact);
CREATE INDEX ON crm.activity (contact);
CREATE INDEX ON crm.activity_q4 (contact);
CREATE INDEX ON crm.activity_q3 (contact);
CREATE INDEX ON crm.activity (contact, on_day);
ANALYZE crm.activity;
