SELECT d.name,
       (SELECT sum(s.kilos * t.rate + length(t.clause))
        FROM freight.shipment s
        JOIN freight.tariff t ON t.zone = s.zone AND t.weight_class = s.weight_class
        WHERE s.depot = d.depot) AS charge
FROM freight.depot d
ORDER BY d.depot;
