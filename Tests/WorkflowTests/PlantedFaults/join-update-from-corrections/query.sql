UPDATE metering.meters AS m
SET reading = c.new_reading, corrected = true
FROM metering.corrections AS c
WHERE m.serial = c.serial;
