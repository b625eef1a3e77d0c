SELECT a.account_id, a.owner, COALESCE(x.contacts, 0) AS contacts, x.minutes, x.latest
FROM crm.account a
LEFT JOIN (SELECT y.account_id, count(*) AS contacts, sum(y.minutes) AS minutes, max(y.done_on) AS latest
           FROM crm.activity y WHERE y.kind <> 'mail' GROUP BY y.account_id) AS x ON x.account_id = a.account_id
ORDER BY a.account_id;
