-- Sockets of each program by state, on all machines.
SELECT program, state, count(*) AS sockets, count(DISTINCT host) AS hosts
FROM procnet_now
GROUP BY program, state
ORDER BY sockets DESC, program, state;
