CREATE INDEX ON game.move (session_id, kind);
CREATE INDEX ON game.move (kind, session_id);
CREATE INDEX ON game.move (kind);
CREATE INDEX ON game.move (session_id, kind) INCLUDE (points); VACUUM game.move;
CREATE INDEX ON game.move (kind, session_id) INCLUDE (points); VACUUM game.move;
CREATE STATISTICS game.session_nick ON upper(substr(nick, 1, 4)) FROM game.session; ANALYZE game.session;
CREATE INDEX ON game.session (upper(substr(nick, 1, 4))); ANALYZE game.session;
