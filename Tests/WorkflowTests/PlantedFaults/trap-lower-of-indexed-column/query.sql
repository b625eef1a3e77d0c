SELECT a."Id", a."DisplayName"
FROM "Accounts" a
WHERE lower(a.email) = 'person.4711@example.org';
