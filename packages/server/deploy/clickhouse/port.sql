-- Who listens on a port, on all machines that told in the last hour, as they were then.
SELECT host, protocol, local_address, program, pid, container_id, unit, taken_at
FROM procnet_flat
WHERE event = 'snapshot'
  AND time > now() - INTERVAL 1 HOUR
  AND (host, taken_at) IN
  (
      SELECT host, max(taken_at) FROM procnet_flat WHERE event = 'snapshot' AND time > now() - INTERVAL 1 HOUR GROUP BY host
  )
  AND local_port = {port:UInt16}
  AND state IN ('LISTEN', 'UNCONN')
ORDER BY host, protocol, local_address, pid;
