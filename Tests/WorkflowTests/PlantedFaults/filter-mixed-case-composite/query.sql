SELECT o."Id", o."Quantity", o."Amount"
FROM "Sales"."OrderLine" o
WHERE o."Remark" NOT LIKE '%returned%'
  AND o."CustomerRef" = 41
  AND o."PlacedAt" >= '2023-03-01'
  AND o."PlacedAt" < '2023-03-15'
ORDER BY o."Amount" DESC;
