import type { InetSocketEntry } from "../../packages/procnet/src/index.ts";
import type { Namespace } from "./namespace.ts";

/** What both we and `ss` know of an internet socket, and what stays the same between two looks. */
export interface SocketKeys {
  readonly state: string;
  readonly received: number;
  readonly unsent: number;
  readonly local: string;
  readonly remote: string;
  readonly uid: number;
  readonly inode: number;
}

/** States as `ss` writes them: the kernel's, but for these. */
const STATES: Readonly<Record<string, string>> = { ESTAB: "ESTABLISHED", UNCONN: "CLOSE" };

/** The sockets that `ss` lists: `-4ta` for TCP of IPv4. */
export function ssSockets(namespace: Namespace, flags: string): SocketKeys[] {
  const lines = namespace.run("ss", [flags, "-nHeO"]).split("\n").filter(Boolean);
  return sorted(lines.map((line) => socketOf(line, flags)));
}

function socketOf(line: string, flags: string): SocketKeys {
  const [state = "", received, unsent, local = "", remote = "", ...rest] = line.split(/ +/);
  const extra = new Map(rest.map((word) => word.split(":", 2) as [string, string]));
  const name = STATES[state] ?? state.replaceAll("-", "_").replace(/_([12])$/, "$1");
  return {
    state: name,
    received: Number(received),
    // Of a listener `ss` shows the limit of its backlog here, which is not in procfs.
    unsent: name === "LISTEN" ? 0 : Number(unsent),
    local: endpoint(local, flags),
    remote: endpoint(remote, flags),
    uid: Number(extra.get("uid") ?? 0),
    inode: Number(extra.get("ino") ?? 0),
  };
}

/** `[::1]:80`, `0.0.0.0:*`, `*:80` (any address of both families), `127.0.0.1%lo:53`. */
function endpoint(text: string, flags: string): string {
  const colon = text.lastIndexOf(":");
  const host = text.slice(0, colon).replace(/^\[|\]$/g, "");
  const port = text.slice(colon + 1);
  const any = flags.includes("6") ? "::" : "0.0.0.0";
  return `${host === "*" ? any : host} ${port === "*" ? 0 : port}`;
}

/** Our rows in the same form. */
export function socketKeys(rows: Iterable<InetSocketEntry>): SocketKeys[] {
  return sorted(
    Array.from(rows, (row) => ({
      state: row.state,
      received: row.rxQueue,
      unsent: row.txQueue,
      local: `${row.localAddress} ${row.localPort}`,
      remote: `${row.remoteAddress} ${row.remotePort}`,
      uid: row.uid,
      inode: row.inode,
    })),
  );
}

export function sorted<Row>(rows: readonly Row[]): Row[] {
  const keyed = rows.map((row): [string, Row] => [JSON.stringify(row), row]);
  return keyed.sort(([a], [b]) => (a < b ? -1 : Number(a > b))).map(([, row]) => row);
}
