CREATE INDEX ON attachment (board, post_no);
CREATE INDEX ON attachment (post_no, board);
CREATE INDEX ON attachment (post_no);
CREATE INDEX ON attachment (board);
CREATE INDEX ON post (post_no);
