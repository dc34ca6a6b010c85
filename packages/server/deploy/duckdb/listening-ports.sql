-- The table listening_ports of osquery, with the machine.
SELECT host, pid, local_port AS port, CASE WHEN protocol IN ('tcp', 'tcp6') THEN 6 ELSE 17 END AS protocol,
    CASE WHEN contains(local_address, ':') THEN 10 ELSE 2 END AS family, local_address AS address, inode AS socket,
    netns AS net_namespace
FROM procnet_now
WHERE state = 'LISTEN' AND protocol IN ('tcp', 'tcp6') OR state = 'UNCONN' AND protocol IN ('udp', 'udp6')
ORDER BY host, port, pid;
