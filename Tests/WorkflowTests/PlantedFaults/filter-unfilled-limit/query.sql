SELECT click_id, page, clicked_at
FROM clicks
WHERE page NOT LIKE '%/internal/%' AND kind = 'refund'
LIMIT 30000;
