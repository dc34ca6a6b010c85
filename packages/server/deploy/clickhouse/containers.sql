-- Containers with the most sockets, on all machines that told in the last hour, as they were then.
SELECT host, container_runtime, container_id, pod_uid, count() AS sockets, countIf(state = 'ESTABLISHED') AS established
FROM procnet_flat
WHERE event = 'snapshot'
  AND time > now() - INTERVAL 1 HOUR
  AND (host, taken_at) IN
  (
      SELECT host, max(taken_at) FROM procnet_flat WHERE event = 'snapshot' AND time > now() - INTERVAL 1 HOUR GROUP BY host
  )
  AND container_id IS NOT NULL
GROUP BY host, container_runtime, container_id, pod_uid
ORDER BY sockets DESC, host, container_id
LIMIT 20;
