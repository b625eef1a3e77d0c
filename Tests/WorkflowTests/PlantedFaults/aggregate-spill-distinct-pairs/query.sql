SELECT count(*) AS pairs FROM (SELECT DISTINCT f.follower, f.followed FROM follow f) AS d;
