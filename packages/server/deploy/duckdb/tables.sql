-- Rows of `procnet sockets --flat`, `procnet watch --flat` and `/api/v1/sockets?flat=true`, for DuckDB.

CREATE TABLE IF NOT EXISTS procnet_flat
(
    schema UTINYINT,
    host VARCHAR,
    boot_id UUID,
    -- In UTC.
    taken_at TIMESTAMP,
    event VARCHAR,
    protocol VARCHAR,
    state VARCHAR,
    local_address VARCHAR,
    local_port USMALLINT,
    remote_address VARCHAR,
    remote_port USMALLINT,
    uid UINTEGER,
    inode UBIGINT,
    netns UBIGINT,
    pid UINTEGER,
    start_time UBIGINT,
    program VARCHAR,
    owner_count UINTEGER,
    container_runtime VARCHAR,
    container_id VARCHAR,
    pod_uid VARCHAR,
    unit VARCHAR,
    rx_queue UBIGINT,
    tx_queue UBIGINT,
    retransmits UINTEGER
);

-- What is one socket in rows of different looks: a connection of TCP by its ends, as it loses its inode in TIME_WAIT; others by inode.
CREATE OR REPLACE VIEW procnet_events AS
SELECT *, concat_ws(' ', protocol, netns, CASE
    WHEN protocol IN ('tcp', 'tcp6') AND remote_port > 0 THEN concat_ws(' ', local_address, local_port, remote_address, remote_port)
    ELSE coalesce(inode::VARCHAR, local_address) END) AS socket
FROM procnet_flat;

-- All machines as they were when they told last.
CREATE OR REPLACE VIEW procnet_now AS
SELECT * FROM procnet_events WHERE event = 'snapshot'
QUALIFY taken_at = max(taken_at) OVER (PARTITION BY host);
