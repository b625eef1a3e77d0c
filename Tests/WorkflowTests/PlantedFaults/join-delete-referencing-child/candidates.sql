CREATE INDEX ON documents (folder_id);
CREATE INDEX ON documents (folder_id, document_id);
CREATE INDEX ON documents USING hash (folder_id);
