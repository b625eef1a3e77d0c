DELETE FROM post."Delivery"
WHERE "Outcome" = ANY (ARRAY['bounced', 'complained']::post.outcome[])
  AND "At" < '2022-04-01 00:00:00+00';
