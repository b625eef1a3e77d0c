-- Two of six enum values are rare; with the time they select some hundred rows of 800000.
CREATE SCHEMA post;
CREATE TYPE post.outcome AS ENUM ('queued', 'sent', 'opened', 'clicked', 'bounced', 'complained');
CREATE TABLE post."Delivery" ("Id" bigint NOT NULL, "Outcome" post.outcome NOT NULL, "At" timestamptz NOT NULL, "Address" text NOT NULL, "Tags" text[] NOT NULL);
INSERT INTO post."Delivery"
SELECT i, (CASE WHEN i % 300 = 7 THEN 'bounced' WHEN i % 5000 = 9 THEN 'complained' ELSE (ARRAY['sent','opened','clicked'])[1 + i % 3] END)::post.outcome,
       timestamptz '2022-01-01 00:00:00+00' + make_interval(mins => i), 'someone' || i % 80000 || '@example.com', ARRAY['spring', 'offer']
FROM generate_series(1, 800000) AS i;
ALTER TABLE post."Delivery" ADD PRIMARY KEY ("Id");
VACUUM ANALYZE post."Delivery";
