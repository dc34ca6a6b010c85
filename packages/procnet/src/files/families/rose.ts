import { lineForm, parseRows } from "../../form/forms.ts";
import type { Line } from "../../form/line.ts";
import type { ParseOptions } from "../../form/options.ts";
import { type RowTable, table } from "../../form/table.ts";
import { slashPair } from "../../form/token.ts";

/*
 * /proc/net/rose, rose_neigh, rose_nodes, rose_routes, Linux before 7.1: rose_info_show (net/rose/af_rose.c),
 * rose_neigh_show, rose_node_show, rose_route_show (rose_route.c). In the initial namespace only.
 *
 *   dest_addr  dest_call src_addr   src_call  dev   lci neigh st vs vr va   t  t1  t2  t3  hb    idle Snd-Q Rcv-Q inode
 *   2080175520 N1CALL    2080175521 N0CALL    rose0 001 00001  3  0  0  0   0 200 180 180   5   0/000     0     0 24601
 *   addr  callsign  dev  count use mode restart  t0  tf digipeaters
 *   00001 N1CALL    bpq0     1   1  DTE     yes   0   0 DIGI1
 *   address    mask n neigh neigh neigh
 *   2080175520 0010 1 00001
 *   lci  address     callsign   neigh  <-> lci  address     callsign   neigh
 *   001  2080175520  N1CALL     00001      002  *           *          00002
 */

/** A ROSE circuit: a row of `/proc/net/rose`. Times are seconds. */
export interface RoseEntry {
  /** Ten digits; `*` for none. */
  readonly destAddr: string;
  /** Call sign of the other side; `*` for none. */
  readonly destCall: string;
  /** Own address, ten digits. */
  readonly srcAddr: string;
  /** `??????-?` for none. */
  readonly srcCall: string;
  /** Interface; `???` for none. */
  readonly dev: string;
  /** Number of the logical channel. */
  readonly lci: number;
  /** Number of the neighbour; 0 for none. */
  readonly neigh: number;
  /** State of the circuit: 0 none, 1 connecting, 2 disconnecting, 3 connected, 4 resetting, 5 incoming. */
  readonly state: number;
  /** Send sequence number. */
  readonly vs: number;
  /** Receive sequence number. */
  readonly vr: number;
  /** Number acknowledged last. */
  readonly va: number;
  /** What is left of the running timer. */
  readonly timer: number;
  /** Time a call may take, seconds. */
  readonly t1: number;
  /** Time a reset may take, seconds. */
  readonly t2: number;
  /** Time a clearing may take, seconds. */
  readonly t3: number;
  /** Time an acknowledgement is held back, seconds. */
  readonly hb: number;
  /** What is left of `idle`, minutes. */
  readonly idleTimer: number;
  /** Minutes without traffic after which the circuit ends. */
  readonly idle: number;
  /** Send memory in use, bytes. */
  readonly sendQueue: number;
  /** Receive memory in use, bytes. */
  readonly receiveQueue: number;
  /** Number in the link `socket:[N]`; 0 when no process holds the socket. */
  readonly inode: number;
  /** Columns after those this version knows, as the kernel wrote them; absent when there are none. */
  readonly extra?: readonly string[];
}

/** A neighbour: a row of `/proc/net/rose_neigh`. */
export interface RoseNeigh {
  /** Number that the other files refer to. */
  readonly addr: number;
  /** `RSLOOP-0` for the loopback. */
  readonly callsign: string;
  /** Interface; `???` for none. */
  readonly dev: string;
  /** Routes that use it. */
  readonly count: number;
  /** Circuits that use it. */
  readonly use: number;
  /** `DCE` or `DTE`. */
  readonly mode: string;
  /** `yes` or `no`. */
  readonly restart: string;
  /** What is left of T0, which waits for a restart, seconds. */
  readonly t0: number;
  /** What is left of the timer after a failure, seconds. */
  readonly tf: number;
  /** Stations that repeat on the way. */
  readonly digipeaters: readonly string[];
}

/** A node that can be reached: a row of `/proc/net/rose_nodes`. */
export interface RoseNode {
  /** Address, ten digits. */
  readonly address: string;
  /** Digits of the address that count. */
  readonly mask: number;
  /** Numbers of the neighbours that lead there. */
  readonly neighs: readonly number[];
}

/** One end of a circuit that passes through. `*` and 0 where there is no neighbour. */
export interface RoseRouteEnd {
  /** Number of the logical channel. */
  readonly lci: number;
  /** Address, ten digits. */
  readonly address: string;
  /** Call sign. */
  readonly callsign: string;
  /** Number of the neighbour. */
  readonly neigh: number;
}

/** A circuit that passes through: a row of `/proc/net/rose_routes`. */
export interface RoseRoute {
  /** The end that called. */
  readonly src: RoseRouteEnd;
  /** The end that was called. */
  readonly dest: RoseRouteEnd;
  /** Columns after those this version knows, as the kernel wrote them; absent when there are none. */
  readonly extra?: readonly string[];
}

/**
 * A ROSE circuit: a row of `/proc/net/rose`.
 *
 * @example
 * ```ts
 * import { read } from "procnet";
 * import { rose } from "procnet/tables";
 * read(rose).map((circuit) => circuit.destCall);
 * ```
 */
export const rose: RowTable<"rose", RoseEntry> = table(
  { name: "rose", needs: "CONFIG_ROSE, module rose", until: "7.1", scope: "initial" },
  lineForm(["dest_addr "], roseRow),
);

/**
 * A neighbour of ROSE: a row of `/proc/net/rose_neigh`.
 *
 * @example
 * ```ts
 * import { each } from "procnet";
 * import { roseNeigh } from "procnet/tables";
 * for (const row of each(roseNeigh)) console.log(row);
 * ```
 */
export const roseNeigh: RowTable<"rose_neigh", RoseNeigh> = table(
  { name: "rose_neigh", needs: "CONFIG_ROSE, module rose", until: "7.1", scope: "initial" },
  lineForm(["addr  callsign"], (line) => ({
    addr: line.decimal("addr"),
    callsign: line.word("callsign"),
    dev: line.word("dev"),
    count: line.decimal("count"),
    use: line.decimal("use"),
    mode: line.word("mode"),
    restart: line.word("restart"),
    t0: line.decimal("t0"),
    tf: line.decimal("tf"),
    digipeaters: line.extra()?.extra ?? [],
  })),
);

/**
 * A node that can be reached by ROSE: a row of `/proc/net/rose_nodes`.
 *
 * @example
 * ```ts
 * import { each } from "procnet";
 * import { roseNodes } from "procnet/tables";
 * for (const row of each(roseNodes)) console.log(row);
 * ```
 */
export const roseNodes: RowTable<"rose_nodes", RoseNode> = table(
  { name: "rose_nodes", needs: "CONFIG_ROSE, module rose", until: "7.1", scope: "initial" },
  lineForm<RoseNode>(["address "], (line) => {
    const address = line.word("address");
    const mask = line.decimal("mask");
    const count = line.decimal("n");
    const neighs: number[] = [];
    while (line.more()) neighs.push(line.decimal("neigh"));
    if (neighs.length !== count) line.fail("n", `the end of ${count} neighbours`);
    return { address, mask, neighs };
  }),
);

/**
 * A circuit of ROSE that passes through: a row of `/proc/net/rose_routes`.
 *
 * @example
 * ```ts
 * import { each } from "procnet";
 * import { roseRoutes } from "procnet/tables";
 * for (const row of each(roseRoutes)) console.log(row);
 * ```
 */
export const roseRoutes: RowTable<"rose_routes", RoseRoute> = table(
  { name: "rose_routes", needs: "CONFIG_ROSE, module rose", until: "7.1", scope: "initial" },
  lineForm(["lci  address"], (line) => ({
    src: routeEnd(line),
    dest: routeEnd(line),
    ...line.extra(),
  })),
);

/**
 * Parses the text of `/proc/net/rose`.
 *
 * @throws `ProcfsError` with code `ERR_PARSE` at the first bad row, unless `onIssue` is given
 * @example
 * ```ts
 * import { parseRose } from "procnet/parse";
 * parseRose(bytes).map((circuit) => circuit.destCall);
 * ```
 */
export function parseRose(text: Uint8Array, options: ParseOptions = {}): RoseEntry[] {
  return parseRows(rose, text, options);
}

/** Parses the text of `/proc/net/rose_neigh`, like {@link parseRose}. */
export function parseRoseNeigh(text: Uint8Array, options: ParseOptions = {}): RoseNeigh[] {
  return parseRows(roseNeigh, text, options);
}

/** Parses the text of `/proc/net/rose_nodes`, like {@link parseRose}. */
export function parseRoseNodes(text: Uint8Array, options: ParseOptions = {}): RoseNode[] {
  return parseRows(roseNodes, text, options);
}

/** Parses the text of `/proc/net/rose_routes`, like {@link parseRose}. */
export function parseRoseRoutes(text: Uint8Array, options: ParseOptions = {}): RoseRoute[] {
  return parseRows(roseRoutes, text, options);
}

function roseRow(line: Line): RoseEntry {
  const ends = {
    destAddr: line.word("dest_addr"),
    destCall: line.word("dest_call"),
    srcAddr: line.word("src_addr"),
    srcCall: line.word("src_call"),
    dev: line.word("dev"),
    lci: line.hex("lci"),
    neigh: line.decimal("neigh"),
    state: line.decimal("st"),
    vs: line.decimal("vs"),
    vr: line.decimal("vr"),
    va: line.decimal("va"),
    timer: line.decimal("t"),
    t1: line.decimal("t1"),
    t2: line.decimal("t2"),
    t3: line.decimal("t3"),
    hb: line.decimal("hb"),
  };
  const [idleTimer, idle] = slashPair(line, "idle");
  return {
    ...ends,
    idleTimer,
    idle,
    sendQueue: line.decimal("Snd-Q"),
    receiveQueue: line.decimal("Rcv-Q"),
    inode: line.decimal("inode"),
    ...line.extra(),
  };
}

function routeEnd(line: Line): RoseRouteEnd {
  return {
    lci: line.hex("lci"),
    address: line.word("address"),
    callsign: line.word("callsign"),
    neigh: line.decimal("neigh"),
  };
}
