CREATE INDEX ON accounting.ledger_entries (booked_on);
CREATE INDEX ON accounting.ledger_entries (booked_on, amount);
CREATE INDEX ON accounting.ledger_entries (booked_on, cleared, amount);
CREATE INDEX ON accounting.ledger_entries (cleared, booked_on);
CREATE INDEX ON accounting.ledger_entries (booked_on, cleared);
CREATE INDEX ON accounting.ledger_entries (amount);
