SELECT i."Row", p."PersonId", p."Since"
FROM "Leads"."Import" i
LEFT JOIN "Leads"."Person" p ON p."EMail" = i."EMail" OR p."Phone" = i."Phone"
ORDER BY i."Row", p."PersonId";
