-- Connections that programs opened and closed, by minute. It needs the events of `watch`.
SELECT host, time_bucket(INTERVAL 1 MINUTE, taken_at) AS minute, program,
    count(*) FILTER (event = 'opened') AS opened, count(*) FILTER (event = 'closed') AS closed
FROM procnet_flat
WHERE event IN ('opened', 'closed')
GROUP BY host, minute, program
ORDER BY host, minute, program;
