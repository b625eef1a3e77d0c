CREATE STATISTICS ticket_priority ON lower("Priority") FROM "Ticket"; CREATE STATISTICS ticket_year ON extract(year FROM "OpenedOn") FROM "Ticket"; CREATE STATISTICS ticket_line ON right("Line", 1) FROM "Ticket"; ANALYZE "Ticket";
CREATE STATISTICS ticket_year ON extract(year FROM "OpenedOn") FROM "Ticket"; ANALYZE "Ticket";
CREATE STATISTICS ticket_priority ON lower("Priority") FROM "Ticket"; ANALYZE "Ticket";
CREATE STATISTICS ticket_all (mcv) ON lower("Priority"), extract(year FROM "OpenedOn"), right("Line", 1) FROM "Ticket"; ANALYZE "Ticket";
ANALYZE "Ticket";
