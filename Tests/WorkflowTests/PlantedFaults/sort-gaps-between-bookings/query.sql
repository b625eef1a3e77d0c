SELECT count(*) AS gaps
FROM (SELECT e."Booked" - lag(e."Booked") OVER (PARTITION BY e."Account" ORDER BY e."Booked", e."EntryId") AS gap
      FROM "Bank"."Entry" e) AS g
WHERE g.gap > interval '10 days';
