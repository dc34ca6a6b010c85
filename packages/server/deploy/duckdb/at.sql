-- Sockets that a machine had at a time: of its last snapshot before, with what happened since. A look at which the same ends closed and
-- opened again has both; what opened is what there is.
-- SET VARIABLE host = 'web1'; SET VARIABLE moment = TIMESTAMP '2026-01-31 12:00:00.500';
SELECT protocol, state, local_address, local_port, remote_address, remote_port, program, pid
FROM
(
    SELECT * FROM procnet_events
    WHERE host = getvariable('host') AND taken_at <= getvariable('moment')
      AND taken_at >=
      (
          SELECT max(taken_at) FROM procnet_flat
          WHERE host = getvariable('host') AND event = 'snapshot' AND taken_at <= getvariable('moment')
      )
    QUALIFY row_number() OVER (PARTITION BY socket ORDER BY taken_at DESC, event = 'closed') = 1
)
WHERE event != 'closed'
ORDER BY protocol, local_address, local_port, remote_address, remote_port;
