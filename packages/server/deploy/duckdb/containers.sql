-- Containers with the most sockets, on all machines.
SELECT host, container_runtime, container_id, pod_uid, count(*) AS sockets,
    count(*) FILTER (state = 'ESTABLISHED') AS established
FROM procnet_now
WHERE container_id IS NOT NULL
GROUP BY host, container_runtime, container_id, pod_uid
ORDER BY sockets DESC, host, container_id
LIMIT 20;
