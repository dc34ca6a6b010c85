/**
 * Version of the flat rows. It is raised when a column goes, changes its type or its meaning, or may be null where it was not; a column
 * that is added stands behind the others and does not raise it.
 */
export const FLAT_VERSION = 1;

/** What a row tells of: a socket of a look, or what happened to one between two looks. */
export type FlatEvent = "snapshot" | "opened" | "closed" | "changed";

/**
 * A socket with one of its owners on one level, for databases and log shippers: every column is in every row, in this order, and null
 * where there is no such thing or it is not known.
 */
export interface FlatRow {
  /** {@link FLAT_VERSION}. */
  readonly schema: number;
  /** Name of the machine. */
  readonly host: string | null;
  /** What tells one boot of the machine from another. */
  readonly boot_id: string | null;
  /** When the look began, in UTC: `2026-01-31T12:00:00.000Z`. All rows of a look have the same. */
  readonly taken_at: string;
  /** `snapshot`, or what happened. */
  readonly event: FlatEvent;
  /** The table it is in: `tcp`, `tcp6`, `udp`, ... */
  readonly protocol: string;
  /** State by the word of tables and filters: `LISTEN`, `UNCONN`. */
  readonly state: string;
  /** Address here; of a unix socket its name. */
  readonly local_address: string | null;
  /** Port here. */
  readonly local_port: number | null;
  /** Address of the other side; `0.0.0.0` or `::` where there is none. */
  readonly remote_address: string | null;
  /** Port of the other side; 0 where there is none. */
  readonly remote_port: number | null;
  /** User who opened it; null in `TIME_WAIT`, where the kernel does not tell. */
  readonly uid: number | null;
  /** Number of the socket; null where no process holds it any more, or yet. */
  readonly inode: number | null;
  /** Number of its network namespace. */
  readonly netns: number | null;
  /** Process that holds it, the first where there are several; of what is closed, who held it last. */
  readonly pid: number | null;
  /** When that process began, clock ticks since boot: with `boot_id` and `pid` it names one process for good. */
  readonly start_time: number | null;
  /** Its program, by the name people know: the process may have chosen it. */
  readonly program: string | null;
  /** How many processes hold it as far as they are seen: 0 for nobody, null where somebody may whom this reader cannot see. */
  readonly owner_count: number | null;
  /** What made the container of that process. */
  readonly container_runtime: string | null;
  /** The container of that process. */
  readonly container_id: string | null;
  /** `metadata.uid` of its Kubernetes pod. */
  readonly pod_uid: string | null;
  /** Its systemd unit. */
  readonly unit: string | null;
  /** Bytes that nobody has read yet; of a listener, connections to be accepted. */
  readonly rx_queue: number | null;
  /** Bytes that the other side has not acknowledged. */
  readonly tx_queue: number | null;
  /** How often the segment in question was sent again; of TCP only. */
  readonly retransmits: number | null;
}

/** A column of flat rows. */
export interface FlatColumn {
  /** Its name. */
  readonly name: keyof FlatRow;
  /** What its values are, null aside. A time is a text of RFC 3339. */
  readonly type: "integer" | "text" | "time";
  /** Whether it may be null. */
  readonly isNullable: boolean;
}

/** All columns of flat rows, in their order. */
export const FLAT_COLUMNS: readonly FlatColumn[] = [
  { name: "schema", type: "integer", isNullable: false },
  { name: "host", type: "text", isNullable: true },
  { name: "boot_id", type: "text", isNullable: true },
  { name: "taken_at", type: "time", isNullable: false },
  { name: "event", type: "text", isNullable: false },
  { name: "protocol", type: "text", isNullable: false },
  { name: "state", type: "text", isNullable: false },
  { name: "local_address", type: "text", isNullable: true },
  { name: "local_port", type: "integer", isNullable: true },
  { name: "remote_address", type: "text", isNullable: true },
  { name: "remote_port", type: "integer", isNullable: true },
  { name: "uid", type: "integer", isNullable: true },
  { name: "inode", type: "integer", isNullable: true },
  { name: "netns", type: "integer", isNullable: true },
  { name: "pid", type: "integer", isNullable: true },
  { name: "start_time", type: "integer", isNullable: true },
  { name: "program", type: "text", isNullable: true },
  { name: "owner_count", type: "integer", isNullable: true },
  { name: "container_runtime", type: "text", isNullable: true },
  { name: "container_id", type: "text", isNullable: true },
  { name: "pod_uid", type: "text", isNullable: true },
  { name: "unit", type: "text", isNullable: true },
  { name: "rx_queue", type: "integer", isNullable: true },
  { name: "tx_queue", type: "integer", isNullable: true },
  { name: "retransmits", type: "integer", isNullable: true },
];
