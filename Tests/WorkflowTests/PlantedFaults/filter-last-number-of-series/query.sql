SELECT max(d.number) AS last_number
FROM numbered_document d
WHERE d.series = 'CRN' AND d.year = 2019;
