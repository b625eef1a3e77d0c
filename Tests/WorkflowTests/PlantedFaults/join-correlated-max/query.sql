SELECT p.product_no, p.title,
       (SELECT max(h.price)
        FROM catalog.price_history h
        WHERE h.product_no = p.product_no AND h.currency = 'EUR') AS highest
FROM catalog.products p
WHERE p.category = 'category-7';
