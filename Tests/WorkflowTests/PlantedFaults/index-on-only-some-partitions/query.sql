UPDATE crm.activity AS a
SET kind = 'erased'
WHERE a.contact IN (md5('c4711')::uuid, md5('c4712')::uuid, md5('c4713')::uuid, md5('c11')::uuid, md5('c29000')::uuid, md5('c977')::uuid, md5('c1234')::uuid, md5('c8')::uuid)
  AND a.kind <> 'erased';
