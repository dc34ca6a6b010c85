-- Sockets that a machine had at a time: of its last snapshot before, with what happened since. A look at which the same ends closed and
-- opened again has both; what opened is what there is.
SELECT any_protocol AS protocol, last.1 AS state, last.2 AS local_address, last.3 AS local_port, last.4 AS remote_address,
    last.5 AS remote_port, last.6 AS program, last.7 AS pid
FROM
(
    SELECT socket, any(protocol) AS any_protocol, argMax(event, concat(taken_at, if(event = 'closed', '0', '1'))) AS last_event,
        argMax((state, local_address, local_port, remote_address, remote_port, program, pid),
            concat(taken_at, if(event = 'closed', '0', '1'))) AS last
    FROM procnet_flat
    WHERE host = {host:String}
      AND time > parseDateTimeBestEffort({moment:String}) - INTERVAL 1 DAY
      AND taken_at <= {moment:String}
      AND taken_at >=
      (
          SELECT max(taken_at) FROM procnet_flat
          WHERE host = {host:String} AND event = 'snapshot' AND taken_at <= {moment:String}
            AND time > parseDateTimeBestEffort({moment:String}) - INTERVAL 1 DAY
      )
    GROUP BY socket
)
WHERE last_event != 'closed'
ORDER BY protocol, local_address, local_port, remote_address, remote_port;
