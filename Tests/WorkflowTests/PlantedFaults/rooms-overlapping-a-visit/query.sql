SELECT r.room, r.guest, r.stay * daterange('2022-07-08', '2022-07-10') AS shared
FROM hotel.reservation r
WHERE r.stay && daterange('2022-07-08', '2022-07-10')
ORDER BY r.room, r.guest;
