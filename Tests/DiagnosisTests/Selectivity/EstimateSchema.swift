/// Tables with many kinds of distributions and types.
enum EstimateSchema {
  static let script = """
    CREATE TYPE mood AS ENUM ('sad', 'fair', 'glad', 'elated');
    CREATE TABLE facts (
      id int PRIMARY KEY, uniform int, zipf int, few int, sparse int, big bigint, small smallint,
      amount numeric(10,2), price double precision, at timestamptz, day date, moment time, span interval,
      flag boolean, tri boolean, kind mood, uid uuid, ip inet,
      code text, word varchar(30), padded char(6), title text COLLATE "en-x-icu",
      city text, zip text, tags int[], doc jsonb) WITH (autovacuum_enabled = off);
    INSERT INTO facts SELECT i, i * 7919 % 1000, (1000 / (1 + i * 7919 % 997))::int, i % 5,
      CASE WHEN i % 10 < 2 THEN i * 31 % 3000 END, i::bigint * 1000003, (i * 13 % 300)::smallint,
      (i * 7919 % 100000) / 100.0, exp((i * 7919 % 10000) / 1000.0),
      '2024-01-01 00:00:00+00'::timestamptz + (i * 7919 % 525600) * interval '1 minute',
      '2020-01-01'::date + (i * 7919 % 1500), '00:00'::time + (i * 7919 % 1440) * interval '1 minute',
      (i * 7919 % 5000) * interval '1 minute', i % 20 = 0,
      CASE i % 4 WHEN 0 THEN NULL WHEN 1 THEN true ELSE false END,
      (ARRAY['sad', 'fair', 'glad', 'glad', 'glad', 'elated'])[1 + i % 6]::mood,
      md5(i::text)::uuid, '10.0.0.0'::inet + (i * 7919 % 60000),
      'ORD-2024-' || lpad((i * 7919 % 30000)::text, 6, '0'),
      (ARRAY['red', 'green', 'blue'])[1 + i % 3] || CASE WHEN i % 5 = 0 THEN '' ELSE (i * 31 % 2000)::text END,
      substr(md5((i % 400)::text), 1, 4), substr(md5((i * 3 % 9000)::text), 1, 6),
      'city' || i % 200, 'zip' || (i % 200) / 2, ARRAY[i % 10, i % 7], json_build_object('a', i % 9)
    FROM generate_series(1, 30000) AS i;
    CREATE INDEX facts_uniform_idx ON facts (uniform);
    CREATE INDEX facts_day_idx ON facts (day);
    CREATE INDEX facts_code_idx ON facts (code);
    ANALYZE facts;
    CREATE TABLE empty (id int, name text);
    ANALYZE empty;
    CREATE TABLE fresh (id int, name text, code varchar(20), at timestamptz) WITH (autovacuum_enabled = off);
    INSERT INTO fresh SELECT i, 'n' || i, 'c' || i, now() FROM generate_series(1, 3000) AS i;
    CREATE TABLE grown (id int, few int, at timestamptz) WITH (autovacuum_enabled = off);
    INSERT INTO grown SELECT i, i % 7, '2024-01-01'::timestamptz + i * interval '1 hour' FROM generate_series(1, 5000) AS i;
    ANALYZE grown;
    INSERT INTO grown SELECT i, i % 7, '2024-01-01'::timestamptz + i * interval '1 hour' FROM generate_series(5001, 15000) AS i;
    CREATE TABLE parted (id int, at date, kind int) PARTITION BY RANGE (at);
    CREATE TABLE parted_1 PARTITION OF parted FOR VALUES FROM ('2024-01-01') TO ('2024-02-01');
    CREATE TABLE parted_2 PARTITION OF parted FOR VALUES FROM ('2024-02-01') TO ('2024-03-01');
    INSERT INTO parted SELECT i, '2024-01-01'::date + i % 60, i % 50 FROM generate_series(1, 6000) AS i;
    ANALYZE parted;
    CREATE TABLE dim (id int PRIMARY KEY, code text, zipf int, few int, sparse int, day date);
    INSERT INTO dim SELECT i, 'ORD-2024-' || lpad((i * 11 % 30000)::text, 6, '0'), (1000 / (1 + i * 31 % 997))::int,
      i % 8, CASE WHEN i % 3 = 0 THEN i % 900 END, '2021-01-01'::date + i % 400 FROM generate_series(1, 4000) AS i;
    ANALYZE dim;
    CREATE TABLE bare (id int, zipf int, few int) WITH (autovacuum_enabled = off);
    INSERT INTO bare SELECT i, i % 40, i % 3 FROM generate_series(1, 2000) AS i;
    CREATE TABLE coarse (n int, skew int, word text, name text, ts timestamp, raw bytea, ratio real, small smallint,
      label varchar(40), mixed text COLLATE "en-x-icu") WITH (autovacuum_enabled = off);
    INSERT INTO coarse SELECT i * 7919 % 4001, (i * 31 % 100) * (i * 31 % 100) / 300,
      chr(97 + i % 26) || chr(97 + i * 7 % 23) || i % 100, chr(65 + i * 7 % 25) || chr(97 + i % 26) || '-' || i * 31 % 977,
      '2023-01-01'::timestamp + i * 7919 % 4001 * interval '1 hour', decode(md5(i::text), 'hex'),
      (i * 7919 % 4001) / 7.0, (i % 200 - 100)::smallint, CASE WHEN i % 3 = 0 THEN 'it''s "quoted", {x}' ELSE 'row ' || i END,
      chr(65 + i % 26) || i
    FROM generate_series(1, 6000) AS i;
    SET default_statistics_target = 20;
    ANALYZE coarse;
    """
}
