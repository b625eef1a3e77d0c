-- A pattern without an index, but every fourth row matches: the LIMIT is full after a thousand rows.
CREATE TABLE "Person" ("PersonId" integer PRIMARY KEY, "Surname" text NOT NULL, "Given" text NOT NULL, "Town" text NOT NULL);
INSERT INTO "Person" SELECT i, (ARRAY['Müller', 'Schmidt', 'Weiß', 'Özil'])[1 + i % 4] || '-' || i % 997, 'Given ' || i, 'town ' || i % 2000 FROM generate_series(1, 300000) AS i;
CREATE INDEX "Person_Town" ON "Person" ("Town");
VACUUM ANALYZE "Person";
