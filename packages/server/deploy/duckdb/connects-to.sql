-- Who was connected to an address since a time, when they were seen first and last:
-- SET VARIABLE address = '192.0.2.1'; SET VARIABLE since = TIMESTAMP '2026-01-31 12:00:00';
SELECT host, program, container_id, unit, remote_port, count(DISTINCT socket) AS connections,
    min(taken_at) AS first_seen, max(taken_at) AS last_seen
FROM procnet_events
WHERE taken_at >= getvariable('since')
  AND remote_address = getvariable('address')
  AND event IN ('snapshot', 'opened')
GROUP BY host, program, container_id, unit, remote_port
ORDER BY connections DESC, host, program, remote_port;
