SELECT d.document_id, d.name, count(*) AS revisions, max(r.saved_at) AS last_saved
FROM saas.document d
JOIN saas.revision r ON r.document_id = d.document_id
WHERE d.tenant_id = md5('tenant 99')::uuid
GROUP BY d.document_id, d.name
ORDER BY d.document_id;
