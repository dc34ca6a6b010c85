-- The table listening_ports of osquery, with the machine: on all machines that told in the last hour, as they were then.
SELECT host, pid, local_port AS port, transmission AS protocol, if(position(local_address, ':') > 0, 10, 2) AS family,
    local_address AS address, inode AS socket, netns AS net_namespace
FROM
(
    SELECT host, pid, local_port, ifNull(local_address, '') AS local_address, inode, netns,
        if(protocol IN ('tcp', 'tcp6'), 6, 17) AS transmission
    FROM procnet_flat
    WHERE event = 'snapshot'
      AND time > now() - INTERVAL 1 HOUR
      AND (host, taken_at) IN
      (
          SELECT host, max(taken_at) FROM procnet_flat
          WHERE event = 'snapshot' AND time > now() - INTERVAL 1 HOUR GROUP BY host
      )
      AND (state = 'LISTEN' AND protocol IN ('tcp', 'tcp6') OR state = 'UNCONN' AND protocol IN ('udp', 'udp6'))
)
ORDER BY host, port, pid;
