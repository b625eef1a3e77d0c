ANALYZE helpdesk.tickets;
