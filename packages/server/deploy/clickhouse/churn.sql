-- Connections that programs opened and closed, by minute, since a time. It needs the events of `watch`.
SELECT host, toStartOfMinute(time) AS minute, program,
    countIf(event = 'opened') AS opened, countIf(event = 'closed') AS closed
FROM procnet_flat
WHERE time >= parseDateTimeBestEffort({since:String})
  AND event IN ('opened', 'closed')
GROUP BY host, minute, program
ORDER BY host, minute, program;
