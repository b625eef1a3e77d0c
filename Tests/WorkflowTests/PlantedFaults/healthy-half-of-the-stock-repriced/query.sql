UPDATE wholesale.item AS i
SET net = round(i.net * (100 + s.percent) / 100, 2), changed_on = DATE '2024-06-01'
FROM wholesale.surcharge AS s
WHERE s.family = i.family
  AND i.changed_on IS NULL;
