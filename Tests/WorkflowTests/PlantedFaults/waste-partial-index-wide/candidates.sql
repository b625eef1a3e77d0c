CREATE INDEX ON crm.contact (external_ref);
CREATE INDEX ON crm.contact (org_id, external_ref);
CREATE INDEX ON crm.contact (external_ref, org_id);
CREATE INDEX ON crm.contact (org_id, external_ref) WHERE deleted_at IS NULL;
CREATE INDEX ON crm.contact (external_ref) WHERE deleted_at IS NULL;
CREATE INDEX ON crm.contact (deleted_at);
