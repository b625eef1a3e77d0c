SELECT d.document_id, d.body, l.line_no, l.amount
FROM dms.document d
JOIN dms.line l ON l.document_id = d.document_id;
