-- Deleting a few parents: the foreign key check scans the child table once per parent.
CREATE TABLE folders (
    folder_id integer PRIMARY KEY,
    label text NOT NULL
);
INSERT INTO folders SELECT i, 'folder ' || i FROM generate_series(1, 30000) AS i;
CREATE TABLE documents (
    document_id integer NOT NULL,
    folder_id integer NOT NULL,
    title text NOT NULL
);
INSERT INTO documents
SELECT i, 1 + (hashint4(i) & 2147483647) % 29000, 'document ' || i FROM generate_series(1, 400000) AS i;
ALTER TABLE documents ADD PRIMARY KEY (document_id);
ALTER TABLE documents ADD CONSTRAINT documents_folder_fkey FOREIGN KEY (folder_id) REFERENCES folders (folder_id);
VACUUM ANALYZE folders;
VACUUM ANALYZE documents;
