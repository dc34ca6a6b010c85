import { lineForm, parseRows } from "../../form/forms.ts";
import type { Line } from "../../form/line.ts";
import type { ParseOptions } from "../../form/options.ts";
import { type RowTable, table } from "../../form/table.ts";
import { hexParts, slashPair } from "../../form/token.ts";

/*
 * /proc/net/nr, nr_neigh, nr_nodes, Linux before 7.1: nr_info_show (net/netrom/af_netrom.c), nr_neigh_show, nr_node_show
 * (nr_route.c). In the initial namespace only.
 *
 *   user_addr dest_node src_node  dev    my  your  st  vs  vr  va    t1     t2     t4      idle   n2  wnd Snd-Q Rcv-Q inode
 *   N0CALL    N1CALL-1  N2CALL    nr0  04/01 07/02  3   0   0   0   0/120  0/005   0/180   0/020  0/03   4     0     0 24601
 *   addr  callsign  dev  qual lock count failed digipeaters
 *   00001 N1CALL    bpq0   192    0     2      0 DIGI1
 *   callsign  mnemonic w n qual obs neigh qual obs neigh qual obs neigh
 *   N1CALL-1  HUB      1 2  192   6 00001  128   5 00002
 */

/** A NET/ROM circuit: a row of `/proc/net/nr`. Times are seconds. */
export interface NrEntry {
  /** Call sign of the user. */
  readonly userAddr: string;
  /** `*` for none. */
  readonly destNode: string;
  /** Call sign of the node at this end. */
  readonly srcNode: string;
  /** Interface; `???` for none. */
  readonly dev: string;
  /** Index of the circuit here. */
  readonly myIndex: number;
  /** Id of the circuit here. */
  readonly myId: number;
  /** Index of the circuit at the peer. */
  readonly yourIndex: number;
  /** Id of the circuit at the peer. */
  readonly yourId: number;
  /** State of the circuit: 0 none, 1 connecting, 2 disconnecting, 3 connected. */
  readonly state: number;
  /** Send sequence number. */
  readonly vs: number;
  /** Receive sequence number. */
  readonly vr: number;
  /** Number acknowledged last. */
  readonly va: number;
  /** What is left of T1, seconds. */
  readonly t1Timer: number;
  /** Full time of T1, which waits for an acknowledgement, seconds. */
  readonly t1: number;
  /** What is left of T2, seconds. */
  readonly t2Timer: number;
  /** Full time of T2, which holds an acknowledgement back, seconds. */
  readonly t2: number;
  /** What is left of T4, seconds. */
  readonly t4Timer: number;
  /** Full time of T4, for which a busy peer is left alone, seconds. */
  readonly t4: number;
  /** What is left of `idle`, minutes. */
  readonly idleTimer: number;
  /** Minutes without traffic after which the circuit ends. */
  readonly idle: number;
  /** Retries. */
  readonly n2Count: number;
  /** Limit of the retries. */
  readonly n2: number;
  /** Packets that may wait for an acknowledgement. */
  readonly window: number;
  /** Send memory in use, bytes. */
  readonly sendQueue: number;
  /** Receive memory in use, bytes. */
  readonly receiveQueue: number;
  /** Number in the link `socket:[N]`; 0 when no process holds the socket. */
  readonly inode: number;
  /** Columns after those this version knows, as the kernel wrote them; absent when there are none. */
  readonly extra?: readonly string[];
}

/** A neighbour: a row of `/proc/net/nr_neigh`. */
export interface NrNeigh {
  /** Number that `nr_nodes` refers to. */
  readonly addr: number;
  /** Its call sign. */
  readonly callsign: string;
  /** Interface; `???` for none. */
  readonly dev: string;
  /** Quality of the way to it, up to 255. */
  readonly qual: number;
  /** 1 when it was entered by hand and stays. */
  readonly lock: number;
  /** Routes that use it. */
  readonly count: number;
  /** Tries that failed. */
  readonly failed: number;
  /** Stations that repeat on the way. */
  readonly digipeaters: readonly string[];
}

/** A node that can be reached: a row of `/proc/net/nr_nodes`. */
export interface NrNode {
  /** Its call sign. */
  readonly callsign: string;
  /** Name of the node; `*` for none. */
  readonly mnemonic: string;
  /** Which of the routes is in use, from 1. The kernel's column `w`. */
  readonly which: number;
  /** Ways there: quality, how often it may still be left out of broadcasts, and the neighbour's number. */
  readonly routes: readonly { readonly qual: number; readonly obs: number; readonly neigh: number }[];
}

/**
 * A NET/ROM circuit: a row of `/proc/net/nr`.
 *
 * @example
 * ```ts
 * import { read } from "procnet";
 * import { nr } from "procnet/tables";
 * read(nr).map((circuit) => circuit.destNode);
 * ```
 */
export const nr: RowTable<"nr", NrEntry> = table(
  { name: "nr", needs: "CONFIG_NETROM, module netrom", until: "7.1", scope: "initial" },
  lineForm(["user_addr "], nrRow),
);

/**
 * A neighbour of NET/ROM: a row of `/proc/net/nr_neigh`.
 *
 * @example
 * ```ts
 * import { each } from "procnet";
 * import { nrNeigh } from "procnet/tables";
 * for (const row of each(nrNeigh)) console.log(row);
 * ```
 */
export const nrNeigh: RowTable<"nr_neigh", NrNeigh> = table(
  { name: "nr_neigh", needs: "CONFIG_NETROM, module netrom", until: "7.1", scope: "initial" },
  lineForm(["addr  callsign"], (line) => ({
    addr: line.decimal("addr"),
    callsign: line.word("callsign"),
    dev: line.word("dev"),
    qual: line.decimal("qual"),
    lock: line.decimal("lock"),
    count: line.decimal("count"),
    failed: line.decimal("failed"),
    digipeaters: line.extra()?.extra ?? [],
  })),
);

/**
 * A node that can be reached by NET/ROM: a row of `/proc/net/nr_nodes`.
 *
 * @example
 * ```ts
 * import { each } from "procnet";
 * import { nrNodes } from "procnet/tables";
 * for (const row of each(nrNodes)) console.log(row);
 * ```
 */
export const nrNodes: RowTable<"nr_nodes", NrNode> = table(
  { name: "nr_nodes", needs: "CONFIG_NETROM, module netrom", until: "7.1", scope: "initial" },
  lineForm(["callsign  mnemonic"], nodeRow),
);

/**
 * Parses the text of `/proc/net/nr`.
 *
 * @throws `ProcfsError` with code `ERR_PARSE` at the first bad row, unless `onIssue` is given
 * @example
 * ```ts
 * import { parseNr } from "procnet/parse";
 * parseNr(bytes).map((circuit) => circuit.destNode);
 * ```
 */
export function parseNr(text: Uint8Array, options: ParseOptions = {}): NrEntry[] {
  return parseRows(nr, text, options);
}

/** Parses the text of `/proc/net/nr_neigh`, like {@link parseNr}. */
export function parseNrNeigh(text: Uint8Array, options: ParseOptions = {}): NrNeigh[] {
  return parseRows(nrNeigh, text, options);
}

/** Parses the text of `/proc/net/nr_nodes`, like {@link parseNr}. */
export function parseNrNodes(text: Uint8Array, options: ParseOptions = {}): NrNode[] {
  return parseRows(nrNodes, text, options);
}

function nrRow(line: Line): NrEntry {
  const names = {
    userAddr: line.word("user_addr"),
    destNode: line.word("dest_node"),
    srcNode: line.word("src_node"),
    dev: line.word("dev"),
  };
  const [myIndex, myId] = hexParts(line, "my", "/");
  const [yourIndex, yourId] = hexParts(line, "your", "/");
  const state = line.decimal("st");
  const vs = line.decimal("vs");
  const vr = line.decimal("vr");
  const va = line.decimal("va");
  const [t1Timer, t1] = slashPair(line, "t1");
  const [t2Timer, t2] = slashPair(line, "t2");
  const [t4Timer, t4] = slashPair(line, "t4");
  const [idleTimer, idle] = slashPair(line, "idle");
  const [n2Count, n2] = slashPair(line, "n2");
  const circuit = { myIndex: myIndex!, myId: myId!, yourIndex: yourIndex!, yourId: yourId!, state, vs, vr, va };
  return {
    ...names,
    ...circuit,
    ...{ t1Timer, t1, t2Timer, t2, t4Timer, t4, idleTimer, idle, n2Count, n2 },
    window: line.decimal("wnd"),
    sendQueue: line.decimal("Snd-Q"),
    receiveQueue: line.decimal("Rcv-Q"),
    inode: line.decimal("inode"),
    ...line.extra(),
  };
}

function nodeRow(line: Line): NrNode {
  const callsign = line.word("callsign");
  const mnemonic = line.word("mnemonic");
  const which = line.decimal("w");
  const count = line.decimal("n");
  const routes: { qual: number; obs: number; neigh: number }[] = [];
  while (line.more()) {
    routes.push({ qual: line.decimal("qual"), obs: line.decimal("obs"), neigh: line.decimal("neigh") });
  }
  if (routes.length !== count) line.fail("n", `the end of ${count} routes`);
  return { callsign, mnemonic, which, routes };
}
