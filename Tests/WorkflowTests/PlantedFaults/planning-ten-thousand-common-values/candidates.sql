ALTER TABLE song ALTER song_key SET STATISTICS 100; ALTER TABLE play ALTER song_key SET STATISTICS 100; ANALYZE song; ANALYZE play;
ALTER TABLE song ALTER song_key SET STATISTICS -1; ANALYZE song;
ALTER TABLE play ALTER song_key SET STATISTICS -1; ANALYZE play;
ANALYZE song; ANALYZE play;
SET plan_cache_mode = force_generic_plan;
