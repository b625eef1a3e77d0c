SELECT p."PersonId", p."Surname", p."Given", p."Town"
FROM "Person" p
WHERE p."Surname" ILIKE '%ü%' AND p."Given" LIKE '%1%'
LIMIT 50;
