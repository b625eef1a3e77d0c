-- Country, region, city, district: each level gives the ones above it. Their product is far beyond the 400 groups there are.
CREATE TABLE revenue (
    booked_on date NOT NULL,
    country text NOT NULL,
    region text NOT NULL,
    city text NOT NULL,
    district text NOT NULL,
    cents bigint NOT NULL
);
INSERT INTO revenue
SELECT date '2023-01-01' + i % 500, 'country with the official number ' || d / 100, 'administrative region with the number ' || d / 20, 'incorporated city with the number ' || d / 4, 'inner or outer district with the number ' || d, i % 7919
FROM (SELECT i, (hashint4(i) & 2147483647) % 400 AS d FROM generate_series(1, 500000) AS i) AS x;
VACUUM ANALYZE revenue;
