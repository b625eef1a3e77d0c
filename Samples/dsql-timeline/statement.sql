SELECT cognito_id, created_at, body, is_from_user FROM public.messages
WHERE cognito_id = '12345678-abcd-7a8b-9c0d-1e2f3a4b5c6d'
ORDER BY created_at DESC LIMIT 100
