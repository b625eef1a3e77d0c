SELECT DISTINCT b.buyer_id, b.name, b.street, b.town, b.note
FROM shop.buyer b
JOIN shop.order_item i ON i.buyer_id = b.buyer_id
WHERE i.pieces > 1
ORDER BY b.buyer_id;
