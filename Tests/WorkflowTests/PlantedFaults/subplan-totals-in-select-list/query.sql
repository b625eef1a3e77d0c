SELECT a.account_id, a.owner,
       (SELECT count(*) FROM crm.activity x WHERE x.account_id = a.account_id AND x.kind <> 'mail') AS contacts,
       (SELECT sum(x.minutes) FROM crm.activity x WHERE x.account_id = a.account_id AND x.kind <> 'mail') AS minutes,
       (SELECT max(x.done_on) FROM crm.activity x WHERE x.account_id = a.account_id AND x.kind <> 'mail') AS latest
FROM crm.account a
ORDER BY a.account_id;
