UPDATE inventory.stock_items
SET reserved = 0
WHERE lot_code = 'LOT-007310' AND warehouse = 'W3';
