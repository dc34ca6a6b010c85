-- Sockets of each program by state, on all machines that told in the last hour, as they were then.
SELECT program, state, count() AS sockets, uniqExact(host) AS hosts
FROM procnet_flat
WHERE event = 'snapshot'
  AND time > now() - INTERVAL 1 HOUR
  AND (host, taken_at) IN
  (
      SELECT host, max(taken_at) FROM procnet_flat WHERE event = 'snapshot' AND time > now() - INTERVAL 1 HOUR GROUP BY host
  )
GROUP BY program, state
ORDER BY sockets DESC, program, state;
