-- Programs that do not close what the other side has closed, on each machine: how many, and bytes that nobody has read.
SELECT host, program, unit, container_id,
    count() AS sockets, sum(rx_queue) AS unread_bytes
FROM procnet_flat
WHERE event = 'snapshot'
  AND time > now() - INTERVAL 1 HOUR
  AND (host, taken_at) IN
  (
      SELECT host, max(taken_at) FROM procnet_flat WHERE event = 'snapshot' AND time > now() - INTERVAL 1 HOUR GROUP BY host
  )
  AND state = 'CLOSE_WAIT'
GROUP BY host, program, unit, container_id
ORDER BY sockets DESC, host, program;
