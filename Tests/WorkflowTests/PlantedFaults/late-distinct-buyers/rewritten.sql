SELECT b.buyer_id, b.name, b.street, b.town, b.note
FROM shop.buyer b
WHERE EXISTS (SELECT 1 FROM shop.order_item i WHERE i.buyer_id = b.buyer_id AND i.pieces > 1)
ORDER BY b.buyer_id;
