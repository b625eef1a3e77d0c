-- The CTE is MATERIALIZED for good reason: an expensive function over 30000 rows is computed once and used three times.
CREATE SCHEMA risk;
CREATE TABLE risk.applicant (applicant_id integer PRIMARY KEY, income numeric(10,2) NOT NULL, postcode text NOT NULL, born date NOT NULL);
INSERT INTO risk.applicant SELECT i, 800 + (hashint4(i) & 2147483647) % 9000, lpad((i % 9000)::text, 5, '0'), date '1950-01-01' + i % 20000 FROM generate_series(1, 15000) AS i;
CREATE FUNCTION risk.score(income numeric, postcode text, born date) RETURNS numeric LANGUAGE plpgsql IMMUTABLE COST 1000 AS $$
DECLARE s numeric := 0;
BEGIN
    FOR k IN 1..6 LOOP
        s := s + ln(income + k) * (length(postcode) + k) - extract(year FROM born) / (k + 900.0);
    END LOOP;
    RETURN round(s, 3);
END $$;
VACUUM ANALYZE risk.applicant;
