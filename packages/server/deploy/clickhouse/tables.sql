-- Rows of `procnet sockets --flat`, `procnet watch --flat` and `/api/v1/sockets?flat=true`, for ClickHouse.
-- 18.16 takes it too, with --allow_experimental_low_cardinality_type 1.

CREATE TABLE IF NOT EXISTS procnet_flat
(
    schema UInt8,
    host LowCardinality(String),
    boot_id LowCardinality(String),
    -- 2026-01-31T12:00:00.000Z: it sorts as time does, and every version has its milliseconds.
    taken_at String,
    event LowCardinality(String),
    protocol LowCardinality(String),
    state LowCardinality(String),
    local_address Nullable(String),
    local_port Nullable(UInt16),
    remote_address Nullable(String),
    remote_port Nullable(UInt16),
    uid Nullable(UInt32),
    inode Nullable(UInt64),
    netns Nullable(UInt64),
    pid Nullable(UInt32),
    start_time Nullable(UInt64),
    program LowCardinality(Nullable(String)),
    owner_count Nullable(UInt32),
    container_runtime LowCardinality(Nullable(String)),
    container_id LowCardinality(Nullable(String)),
    pod_uid LowCardinality(Nullable(String)),
    unit LowCardinality(Nullable(String)),
    rx_queue Nullable(UInt64),
    tx_queue Nullable(UInt64),
    retransmits Nullable(UInt32),
    -- taken_at to the second.
    time DateTime('UTC') MATERIALIZED parseDateTimeBestEffort(taken_at),
    -- What is one socket in rows of different looks: a connection of TCP by its ends, as it loses its inode in TIME_WAIT; others by inode.
    socket String ALIAS concat(protocol, ' ', toString(ifNull(netns, 0)), ' ',
        if(protocol IN ('tcp', 'tcp6') AND ifNull(remote_port, 0) > 0,
            concat(ifNull(local_address, ''), ' ', toString(ifNull(local_port, 0)), ' ',
                ifNull(remote_address, ''), ' ', toString(ifNull(remote_port, 0))),
            concat(toString(ifNull(inode, 0)), ' ', if(ifNull(inode, 0) = 0, ifNull(local_address, ''), ''))))
)
ENGINE = MergeTree()
PARTITION BY toYYYYMMDD(time)
ORDER BY (host, time, taken_at);
