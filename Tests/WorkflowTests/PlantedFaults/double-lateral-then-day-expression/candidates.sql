CREATE INDEX ON harbour.crane_move (call_id);
CREATE INDEX ON harbour.crane_move (call_id, moved_at);
CREATE INDEX ON harbour.crane_move (moved_at);
CREATE INDEX ON harbour.crane_move (call_id, moved_at) INCLUDE (container); VACUUM harbour.crane_move;
