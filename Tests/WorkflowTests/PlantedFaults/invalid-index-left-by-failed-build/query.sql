SELECT v.voucher_id, v.campaign, v.redeemed_at
FROM voucher v
WHERE v.code = 'C4CA4238A0B9';
