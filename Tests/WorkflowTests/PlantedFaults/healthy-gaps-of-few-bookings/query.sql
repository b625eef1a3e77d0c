SELECT count(*) AS gaps
FROM (SELECT e."Booked" - lag(e."Booked") OVER (PARTITION BY e."Account" ORDER BY e."Booked", e."EntryId") AS gap
      FROM "Bank"."Entry" e WHERE e."EntryId" <= 15000) AS g
WHERE g.gap > interval '2 days';
