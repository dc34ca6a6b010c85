-- Who listens on a port, on all machines: SET VARIABLE port = 5432;
SELECT host, protocol, local_address, program, pid, container_id, unit, taken_at
FROM procnet_now
WHERE local_port = getvariable('port') AND state IN ('LISTEN', 'UNCONN')
ORDER BY host, protocol, local_address, pid;
