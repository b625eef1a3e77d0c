SELECT b.booking_id, b.night, b.guest
FROM bookings b
WHERE b.remark LIKE '%breakfast inc%' AND b.room = 1234 AND b.night BETWEEN '2023-07-01' AND '2023-07-31'
ORDER BY b.night;
