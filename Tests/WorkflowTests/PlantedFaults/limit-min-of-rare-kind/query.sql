SELECT min(s.taken_at) AS introduced
FROM assay.sample s
WHERE s.method = 'LC-MS/MS';
