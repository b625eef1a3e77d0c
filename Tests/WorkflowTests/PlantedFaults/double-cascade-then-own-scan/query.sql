DELETE FROM device_account
WHERE retired_on = '2024-02-29';
