SELECT e."EnvelopeId", p."PartnerId"
FROM "Edi"."Envelope" e
LEFT JOIN "Edi"."Partner" p ON p."Gln" = e."Sender" OR p."Alias" = e."SenderAlias"
WHERE e."Interchange" = 70000001234.0
ORDER BY e."EnvelopeId", p."PartnerId";
