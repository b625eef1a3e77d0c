DELETE FROM "Stock"."Unit"
WHERE "UnitId" IN (
    SELECT a."UnitId"
    FROM "Stock"."Unit" a
    JOIN "Stock"."Unit" b ON b."Serial" = a."Serial" AND b."UnitId" < a."UnitId"
    WHERE a."Brand" = 'brand101' AND a."Family" = 72 AND a."Size" = 'S41' AND a."Supplier" = md5('supplier11')::uuid
      AND b."Brand" = 'brand101' AND b."Family" = 72 AND b."Size" = 'S41' AND b."Supplier" = md5('supplier11')::uuid
);
