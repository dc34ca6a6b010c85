import { latin1 } from "../../bytes/strings.ts";
import { lineForm, parseRows } from "../../form/forms.ts";
import type { Line } from "../../form/line.ts";
import type { ParseOptions } from "../../form/options.ts";
import { type RowTable, table } from "../../form/table.ts";
import { hexParts, tokensLeft } from "../../form/token.ts";

/*
 * /proc/net/atalk/interface, route, socket, arp, Linux before 7.1: atalk_seq_interface_show, atalk_seq_route_show,
 * atalk_seq_socket_show (net/appletalk/atalk_proc.c), aarp_seq_show (aarp.c). In the initial namespace only.
 *
 *   Interface        Address   Networks  Status
 *   eth0             FF00:2A  FF00-FFFE  0
 *   Target        Router  Flags Dev
 *   Default     0001:01  3     eth0
 *   FF00:00     0000:00  1     eth0
 *   Type Local_addr  Remote_addr Tx_queue Rx_queue St UID
 *   02   FF00:2A:FD  0000:00:00  00000000:00000000 07 1000
 *   Address  Interface   Hardware Address   Expires LastSend  Retry Status
 *   FF00:01  eth0        02:00:00:00:00:01   118.40                 resolved
 */

/** An interface that speaks AppleTalk: a row of `/proc/net/atalk/interface`. */
export interface AtalkInterface {
  /** Name of the interface. */
  readonly interface: string;
  /** Network of its address. */
  readonly net: number;
  /** Node of its address. */
  readonly node: number;
  /** First network of the segment. */
  readonly firstNet: number;
  /** Last network of the segment. */
  readonly lastNet: number;
  /** Bits the kernel keeps to itself: 1 while it probes for an address. */
  readonly status: number;
  /** Columns after those this version knows, as the kernel wrote them; absent when there are none. */
  readonly extra?: readonly string[];
}

/** A row of `/proc/net/atalk/route`. The kernel prints the default route again before each other one. */
export interface AtalkRoute {
  /** Network; absent, as `targetNode` is, for the default route. */
  readonly targetNet: number | undefined;
  /** Node; absent for the default route. */
  readonly targetNode: number | undefined;
  /** Network of the router. */
  readonly routerNet: number;
  /** Node of the router. */
  readonly routerNode: number;
  /** Bits of `RouteFlags`. */
  readonly flags: number;
  /** Interface it leaves by. */
  readonly dev: string;
  /** Columns after those this version knows, as the kernel wrote them; absent when there are none. */
  readonly extra?: readonly string[];
}

/** A row of `/proc/net/atalk/socket`. */
export interface AtalkSocket {
  /** See `SocketType`. */
  readonly type: number;
  /** Network of this end. */
  readonly localNet: number;
  /** Node of this end. */
  readonly localNode: number;
  /** Socket number of this end. */
  readonly localPort: number;
  /** Network of the peer. */
  readonly remoteNet: number;
  /** Node of the peer. */
  readonly remoteNode: number;
  /** Socket number of the peer. */
  readonly remotePort: number;
  /** Send memory in use, bytes. */
  readonly txQueue: number;
  /** Receive memory in use, bytes. */
  readonly rxQueue: number;
  /** State by the numbers of `TcpState`. */
  readonly state: number;
  /** User id of the owner as seen by the reader. */
  readonly uid: number;
  /** Columns after those this version knows, as the kernel wrote them; absent when there are none. */
  readonly extra?: readonly string[];
}

/** A neighbour: a row of `/proc/net/atalk/arp`. */
export interface AtalkArp {
  /** Network of the neighbour. */
  readonly net: number;
  /** Node in that network. */
  readonly node: number;
  /** `????` for none. */
  readonly interface: string;
  /** Its hardware address. */
  readonly hwAddress: string;
  /** Seconds until the entry is dropped; a number near 2^64 divided by the clock's rate when that is due. */
  readonly expires: number;
  /** Seconds since the last question; only while `unresolved`. */
  readonly lastSend: number | undefined;
  /** Questions sent; only while `unresolved`. */
  readonly retry: number | undefined;
  /** `resolved`, `unresolved` or `proxies`. */
  readonly status: string;
  /** Columns after those this version knows, as the kernel wrote them; absent when there are none. */
  readonly extra?: readonly string[];
}

/**
 * An interface that speaks AppleTalk: a row of `/proc/net/atalk/interface`.
 *
 * @example
 * ```ts
 * import { read } from "procnet";
 * import { atalkInterface } from "procnet/tables";
 * read(atalkInterface).map((entry) => entry.interface);
 * ```
 */
export const atalkInterface: RowTable<"atalk/interface", AtalkInterface> = table(
  { name: "atalk/interface", needs: "CONFIG_ATALK, module appletalk", until: "7.1", scope: "initial" },
  lineForm(["Interface "], (line) => {
    const name = line.word("Interface");
    const [net, node] = hexParts(line, "Address", ":");
    const [firstNet, lastNet] = hexParts(line, "Networks", "-");
    const numbers = { net: net!, node: node!, firstNet: firstNet!, lastNet: lastNet! };
    return { interface: name, ...numbers, status: line.decimal("Status"), ...line.extra() };
  }),
);

/**
 * A route of AppleTalk: a row of `/proc/net/atalk/route`.
 *
 * @example
 * ```ts
 * import { each } from "procnet";
 * import { atalkRoute } from "procnet/tables";
 * for (const row of each(atalkRoute)) console.log(row);
 * ```
 */
export const atalkRoute: RowTable<"atalk/route", AtalkRoute> = table(
  { name: "atalk/route", needs: "CONFIG_ATALK, module appletalk", until: "7.1", scope: "initial" },
  lineForm(["Target "], routeRow),
);

/**
 * A socket of AppleTalk: a row of `/proc/net/atalk/socket`.
 *
 * @example
 * ```ts
 * import { each } from "procnet";
 * import { atalkSocket } from "procnet/tables";
 * for (const row of each(atalkSocket)) console.log(row);
 * ```
 */
export const atalkSocket: RowTable<"atalk/socket", AtalkSocket> = table(
  { name: "atalk/socket", needs: "CONFIG_ATALK, module appletalk", until: "7.1", scope: "initial" },
  lineForm(["Type Local_addr"], (line) => {
    const type = line.hex("Type");
    const [localNet, localNode, localPort] = hexParts(line, "Local_addr", "::");
    const [remoteNet, remoteNode, remotePort] = hexParts(line, "Remote_addr", "::");
    const [txQueue, rxQueue] = hexParts(line, "Tx_queue:Rx_queue", ":");
    const local = { localNet: localNet!, localNode: localNode!, localPort: localPort! };
    const remote = { remoteNet: remoteNet!, remoteNode: remoteNode!, remotePort: remotePort! };
    const queues = { txQueue: txQueue!, rxQueue: rxQueue! };
    return {
      type,
      ...local,
      ...remote,
      ...queues,
      state: line.hex("St"),
      uid: line.unsigned32("UID"),
      ...line.extra(),
    };
  }),
);

/**
 * A neighbour of AppleTalk: a row of `/proc/net/atalk/arp`.
 *
 * @example
 * ```ts
 * import { each } from "procnet";
 * import { atalkArp } from "procnet/tables";
 * for (const row of each(atalkArp)) console.log(row);
 * ```
 */
export const atalkArp: RowTable<"atalk/arp", AtalkArp> = table(
  { name: "atalk/arp", needs: "CONFIG_ATALK, module appletalk", until: "7.1", scope: "initial" },
  lineForm(["Address  Interface"], (line) => {
    const [net, node] = hexParts(line, "Address", ":");
    const name = line.word("Interface");
    const hwAddress = line.word("Hardware Address");
    const expires = seconds(line, "Expires");
    const waits = tokensLeft(line) > 1;
    return {
      net: net!,
      node: node!,
      interface: name,
      hwAddress,
      expires,
      lastSend: waits ? seconds(line, "LastSend") : undefined,
      retry: waits ? line.decimal("Retry") : undefined,
      status: line.word("Status"),
      ...line.extra(),
    };
  }),
);

/**
 * Parses the text of `/proc/net/atalk/interface`.
 *
 * @throws `ProcfsError` with code `ERR_PARSE` at the first bad row, unless `onIssue` is given
 * @example
 * ```ts
 * import { parseAtalkInterface } from "procnet/parse";
 * parseAtalkInterface(bytes).map((entry) => entry.interface);
 * ```
 */
export function parseAtalkInterface(text: Uint8Array, options: ParseOptions = {}): AtalkInterface[] {
  return parseRows(atalkInterface, text, options);
}

/** Parses the text of `/proc/net/atalk/route`, like {@link parseAtalkInterface}. */
export function parseAtalkRoute(text: Uint8Array, options: ParseOptions = {}): AtalkRoute[] {
  return parseRows(atalkRoute, text, options);
}

/** Parses the text of `/proc/net/atalk/socket`, like {@link parseAtalkInterface}. */
export function parseAtalkSocket(text: Uint8Array, options: ParseOptions = {}): AtalkSocket[] {
  return parseRows(atalkSocket, text, options);
}

/** Parses the text of `/proc/net/atalk/arp`, like {@link parseAtalkInterface}. */
export function parseAtalkArp(text: Uint8Array, options: ParseOptions = {}): AtalkArp[] {
  return parseRows(atalkArp, text, options);
}

function routeRow(line: Line): AtalkRoute {
  const before = line.at;
  const isDefault = line.word("Target") === "Default";
  if (!isDefault) line.at = before;
  const [targetNet, targetNode] = isDefault ? [] : hexParts(line, "Target", ":");
  const [routerNet, routerNode] = hexParts(line, "Router", ":");
  const router = { routerNet: routerNet!, routerNode: routerNode! };
  return { targetNet, targetNode, ...router, flags: line.decimal("Flags"), dev: line.word("Dev"), ...line.extra() };
}

/** Seconds with two decimals. */
function seconds(line: Line, field: string): number {
  line.next(field);
  const text = latin1(line.bytes, line.tokenStart, line.tokenEnd);
  return /^-?[0-9]{1,20}\.-?[0-9]{1,20}$/.test(text)
    ? Number(text.replace(".-", ".")) + 0
    : line.fail(field, "seconds");
}
