SELECT b."Account", min(b.running) AS lowest
FROM (SELECT e."Account", sum(e."Cents") OVER (PARTITION BY e."Account" ORDER BY e."Booked", e."EntryId" ROWS UNBOUNDED PRECEDING) AS running
      FROM "Bank"."Entry" e WHERE e."EntryId" <= 15000) AS b
GROUP BY b."Account"
ORDER BY lowest
LIMIT 10;
