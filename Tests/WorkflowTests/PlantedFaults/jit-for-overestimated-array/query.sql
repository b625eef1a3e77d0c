SELECT e.item ->> 'k' AS kind,
       count(*) AS lines, sum((e.item ->> 'n')::integer) AS pieces,
       count(*) FILTER (WHERE extract(isodow FROM d.left_at) = 1) AS monday,
       count(*) FILTER (WHERE extract(isodow FROM d.left_at) = 2) AS tuesday,
       count(*) FILTER (WHERE extract(isodow FROM d.left_at) = 3) AS wednesday,
       count(*) FILTER (WHERE extract(isodow FROM d.left_at) = 4) AS thursday,
       count(*) FILTER (WHERE extract(isodow FROM d.left_at) = 5) AS friday,
       min((e.item ->> 'n')::integer) AS fewest, max((e.item ->> 'n')::integer) AS most
FROM depot.delivery d
CROSS JOIN LATERAL jsonb_array_elements(d.items) AS e(item)
GROUP BY 1
ORDER BY 1;
