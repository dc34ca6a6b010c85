-- Who was connected to an address since a time: programs by machine, when they were seen first and last.
SELECT host, program, container_id, unit, remote_port,
    uniqExact(socket) AS connections, min(taken_at) AS first_seen, max(taken_at) AS last_seen
FROM procnet_flat
WHERE time >= parseDateTimeBestEffort({since:String})
  AND remote_address = {address:String}
  AND event IN ('snapshot', 'opened')
GROUP BY host, program, container_id, unit, remote_port
ORDER BY connections DESC, host, program, remote_port;
