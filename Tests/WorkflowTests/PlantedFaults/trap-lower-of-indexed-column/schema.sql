-- The e-mail is indexed, the query asks for lower(email): the existing index cannot serve it, one on the expression can.
CREATE TABLE "Accounts" (
    "Id" integer NOT NULL,
    email text NOT NULL,
    "DisplayName" text NOT NULL
);
INSERT INTO "Accounts"
SELECT i, 'Person.' || i || '@Example.org', 'Person number ' || i FROM generate_series(1, 700000) AS i;
ALTER TABLE "Accounts" ADD PRIMARY KEY ("Id");
CREATE UNIQUE INDEX accounts_email ON "Accounts" (email);
VACUUM ANALYZE "Accounts";
