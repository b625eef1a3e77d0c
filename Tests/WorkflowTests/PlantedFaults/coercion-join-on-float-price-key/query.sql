SELECT s.row_no, s."Claim", c.origin, c.destination, c.weight_kg
FROM freight.sheet_import s
JOIN freight.consignment c ON c.consignment_no = s."Consignment"
ORDER BY s.row_no;
