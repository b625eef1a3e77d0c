SELECT p.permit_id, p.holder, p.granted_on
FROM permit p
WHERE p.district = 11 AND p.granted_on BETWEEN '2018-01-01' AND '2018-06-30'
ORDER BY p.permit_id;
