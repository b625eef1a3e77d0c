SELECT n."NoteId", n."Resident", n."WrittenOn"
FROM "Care"."CaseNote" n
WHERE n."Note" ILIKE '%Dizziness%'
ORDER BY n."WrittenOn" DESC;
