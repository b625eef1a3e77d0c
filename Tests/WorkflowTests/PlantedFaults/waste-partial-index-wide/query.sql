SELECT c.contact_id, c.full_name, c.attributes ->> 'lang' AS language
FROM crm.contact c
WHERE c.org_id = 7
  AND c.deleted_at IS NULL
  AND c.external_ref = 'SF-ECCBC87E4B';
