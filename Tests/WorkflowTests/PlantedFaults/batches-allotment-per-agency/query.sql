SELECT g."Name", x.nights, x.worth, x.last_terms
FROM "Hotel"."Agency" g
LEFT JOIN LATERAL (
    SELECT count(*) AS nights, sum(a."Rate") AS worth, max(a."Terms") AS last_terms
    FROM "Hotel"."Booking" b
    JOIN "Hotel"."Allotment" a ON a."Hotel" = b."Hotel" AND a."Night" = b."Night"
    WHERE b."AgencyId" = g."AgencyId" AND a."Board" <> 'none'
) AS x ON true
ORDER BY g."AgencyId";
