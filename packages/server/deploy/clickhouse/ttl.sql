-- Rows go after thirty days. 18.16 has no TTL: ALTER TABLE procnet_flat DROP PARTITION 20260131 there.
ALTER TABLE procnet_flat MODIFY TTL time + INTERVAL 30 DAY;
