SELECT s.surname, s.given, s.town
FROM subscriber s
ORDER BY s.surname COLLATE "de-x-icu", s.subscriber_id
LIMIT 100;
