SELECT v.city, v.kind, s.offers, s.mean
FROM (VALUES ('City-3', 'flat'::classifieds.kind), ('City-3', 'house'), ('City-8', 'mill'), ('City-9', 'flat'), ('City-11', 'barn'), ('City-12', 'room'),
             ('City-17', 'loft'), ('City-17', 'boat'), ('City-21', 'wood'), ('City-25', 'hall'), ('City-28', 'shop'), ('City-29', 'field'), ('City-0', 'flat'), ('City-1', 'flat'),
             ('City-2', 'house'), ('City-4', 'attic'), ('City-5', 'farm'), ('City-6', 'villa'), ('City-7', 'studio'), ('City-10', 'cellar'),
             ('City-13', 'garage'), ('City-14', 'plot'), ('City-15', 'office'), ('City-16', 'kiosk')) AS v(city, kind)
CROSS JOIN LATERAL (
    SELECT count(*) AS offers, round(avg(l.price), 2) AS mean
    FROM classifieds.listing l
    WHERE l.city = v.city AND l.kind = v.kind
) AS s
ORDER BY v.city, v.kind;
