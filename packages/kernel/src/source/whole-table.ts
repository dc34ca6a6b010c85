import { readFileSync } from "node:fs";
import type { DatagramSocket, TcpSocket } from "procnet";
import { inetSockets } from "../diag/inet.ts";
import type { InetProtocol } from "../diag/inet-request.ts";
import { inetSocket } from "../diag/one.ts";
import { stateMask } from "../diag/states.ts";
import { KernelError } from "../netlink/errors.ts";
import { type Asking, allOf } from "./asking.ts";

/*
 * Whether a table was told to its end. With figures, INET_DIAG_INFO, the kernel tells those with CAP_NET_ADMIN the TCP-MD5 keys of a socket
 * too (tcp_diag_get_aux of net/ipv4/tcp_diag.c). Any program may set hundreds, which takes no right, and a socket that is larger than a
 * datagram ends the answer as if nothing followed. Without figures no socket is large.
 */

type Row = TcpSocket | DatagramSocket;

/** Sockets whose figures are asked for one by one. */
const FEW = 256;

/** States in which a socket has figures. */
export const HAS_FIGURES: ReadonlySet<string> = new Set([
  ...(["ESTABLISHED", "SYN_SENT", "FIN_WAIT1", "CLOSE_WAIT", "LAST_ACK", "CLOSING", "LISTEN"] as const),
]);

/** What is asked: states as bits, and the filter of the kernel. */
export interface TableAsked {
  readonly protocol: InetProtocol;
  readonly states: number;
  readonly bytecode: Uint8Array | undefined;
  readonly namespace: number | undefined;
}

const LISTEN: number = /* @__PURE__ */ stateMask(["LISTEN"]);

/**
 * The sockets that an answer with figures leaves out, with these where they can be had. `directory` is that of a procfs whose counters say how many there should be; what
 * they cannot tell is asked again without figures.
 */
export async function leftOut(
  asking: Asking,
  asked: TableAsked,
  rows: readonly Row[],
  isAll: boolean,
  directory: string,
  those: (dump: ReturnType<typeof inetSockets>) => ReturnType<typeof inetSockets>,
): Promise<Row[]> {
  if (isAll && isWhole(rows, inUse(directory, asked.protocol))) return [];
  const bare = await allOf<Row>(asking, those(inetSockets({ ...asking.wanted, ...asked, info: false })));
  const known = new Set(rows.map(keyOf));
  const missing = bare.filter((row) => !known.has(keyOf(row)));
  if (missing.length <= FEW) return oneByOne(asking, asked, missing);
  // One who listens may hide all that are connected, as these come behind.
  const connected = asked.states & ~LISTEN;
  if (missing.length === 0 || connected === 0 || connected === asked.states) return missing;
  const told = await allOf<Row>(asking, those(inetSockets({ ...asking.wanted, ...asked, states: connected })));
  const figures = new Map(told.map((row) => [keyOf(row), row]));
  return missing.map((row) => figures.get(keyOf(row)) ?? row);
}

/** Asked between two turns of the event loop. */
const STEP = 16;

/** Those of them that are still there, with their figures. */
async function oneByOne(asking: Asking, asked: TableAsked, rows: readonly Row[]): Promise<Row[]> {
  const found: Row[] = [];
  for (const [at, row] of rows.entries()) {
    if (at % STEP === STEP - 1) await new Promise<void>((resolve) => setImmediate(resolve));
    asking.signal?.throwIfAborted();
    const one = withFigures(asking, asked, row);
    if (one !== undefined) found.push(one);
  }
  return found;
}

/** An answer about one socket has as much room as it takes, inet_diag_dump_one_icsk. `undefined` where it has closed meanwhile. */
function withFigures({ socket, wanted }: Asking, { protocol, namespace }: TableAsked, row: Row): Row | undefined {
  if (!HAS_FIGURES.has(row.state)) return row;
  try {
    const one = inetSocket<InetProtocol>(socket, { ...wanted, protocol, namespace }, row);
    if (one === undefined) return undefined;
    // Several may listen at the same ends; a connection may go on to another state, and is its program's no more once it is closed.
    return row.state !== "LISTEN" || (one.inode === row.inode && one.state === row.state) ? one : row;
  } catch (error) {
    if (error instanceof KernelError) return row;
    throw error;
  }
}

/** Requests and TIME_WAIT have no figures, and are not counted. */
function isWhole(rows: readonly Row[], count: number | undefined): boolean {
  if (count === undefined) return false;
  let counted = 0;
  for (const row of rows) if ("tcpInfo" in row && row.tcpInfo !== undefined) counted++;
  return count <= counted;
}

/** Sockets of a protocol in tables, `inuse` of net/sockstat. */
function inUse(directory: string, protocol: InetProtocol): number | undefined {
  const [file, label] = protocol === "tcp6" ? ["sockstat6", "TCP6"] : ["sockstat", "TCP"];
  try {
    const [, count] =
      new RegExp(`^${label}: inuse (\\d+)`, "m").exec(readFileSync(`${directory}/${file}`, "latin1")) ?? [];
    return count === undefined ? undefined : Number(count);
  } catch {
    return undefined;
  }
}

/** A connection has another number when its program has closed it; who listens shares its ends with others. */
function keyOf({ localAddress, localPort, remoteAddress, remotePort, state, inode }: Row): string {
  return `${localAddress} ${localPort} ${remoteAddress} ${remotePort} ${state === "LISTEN" ? inode : ""}`;
}
