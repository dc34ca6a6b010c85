import { lineForm, parseRows } from "../../form/forms.ts";
import type { Line } from "../../form/line.ts";
import type { ParseOptions } from "../../form/options.ts";
import { type RowTable, table } from "../../form/table.ts";
import { tokensLeft } from "../../form/token.ts";

/*
 * /proc/net/x25/route, socket, forward: x25_seq_route_show, x25_seq_socket_show, x25_seq_forward_show (net/x25/x25_proc.c).
 * In the initial namespace only.
 *
 *   Address          Digits  Device
 *   123456           6       x25tap0
 *   dest_addr  src_addr   dev   lci st vs vr va   t  t2 t21 t22 t23 Snd-Q Rcv-Q inode
 *   *          654321     ???   000  0  0  0  0   0   3 200 180 180     0     0 24601
 *   lci dev1       dev2
 *   1 x25tap0    x25tap1
 */

/** A row of `/proc/net/x25/route`. */
export interface X25Route {
  /** Leading digits of the addresses it stands for; empty for the default route. */
  readonly address: string;
  /** How many digits count. */
  readonly digits: number;
  /** Interface; `???` for none. */
  readonly device: string;
  /** Columns after those this version knows, as the kernel wrote them; absent when there are none. */
  readonly extra?: readonly string[];
}

/** A row of `/proc/net/x25/socket`. Times are seconds. */
export interface X25Socket {
  /** Address called; absent where the kernel prints `*`. */
  readonly destAddr: string | undefined;
  /** Own address; absent where the kernel prints `*`. */
  readonly srcAddr: string | undefined;
  /** Interface; `???` for none. */
  readonly dev: string;
  /** Number of the logical channel. */
  readonly lci: number;
  /** State of the packet layer: 0 ready, 1 call sent, 2 clear sent, 3 connected, 4 reset sent. */
  readonly state: number;
  /** Send sequence number. */
  readonly vs: number;
  /** Receive sequence number. */
  readonly vr: number;
  /** Number acknowledged last. */
  readonly va: number;
  /** What is left of the running timer. */
  readonly timer: number;
  /** Time an acknowledgement is held back, seconds. */
  readonly t2: number;
  /** Time a call may take, seconds. */
  readonly t21: number;
  /** Time a reset may take, seconds. */
  readonly t22: number;
  /** Time a clearing may take, seconds. */
  readonly t23: number;
  /** Send memory in use, bytes. */
  readonly sendQueue: number;
  /** Receive memory in use, bytes. */
  readonly receiveQueue: number;
  /** Number in the link `socket:[N]`; 0 when no process holds the socket. */
  readonly inode: number;
  /** Columns after those this version knows, as the kernel wrote them; absent when there are none. */
  readonly extra?: readonly string[];
}

/** A call that passes through: a row of `/proc/net/x25/forward`. */
export interface X25Forward {
  /** Number of the logical channel. */
  readonly lci: number;
  /** Interface of one side. */
  readonly dev1: string;
  /** Interface of the other side. */
  readonly dev2: string;
  /** Columns after those this version knows, as the kernel wrote them; absent when there are none. */
  readonly extra?: readonly string[];
}

/**
 * A route of X.25: a row of `/proc/net/x25/route`.
 *
 * @example
 * ```ts
 * import { read } from "procnet";
 * import { x25Route } from "procnet/tables";
 * read(x25Route).map((route) => route.device);
 * ```
 */
export const x25Route: RowTable<"x25/route", X25Route> = table(
  { name: "x25/route", needs: "CONFIG_X25, module x25", scope: "initial" },
  lineForm(["Address "], (line) => ({
    address: tokensLeft(line) === 2 ? "" : line.word("Address"),
    digits: line.decimal("Digits"),
    device: line.word("Device"),
    ...line.extra(),
  })),
);

/**
 * A socket of X.25: a row of `/proc/net/x25/socket`.
 *
 * @example
 * ```ts
 * import { each } from "procnet";
 * import { x25Socket } from "procnet/tables";
 * for (const row of each(x25Socket)) console.log(row);
 * ```
 */
export const x25Socket: RowTable<"x25/socket", X25Socket> = table(
  { name: "x25/socket", needs: "CONFIG_X25, module x25", scope: "initial" },
  lineForm(["dest_addr "], (line) => ({
    destAddr: optionalAddress(line, "dest_addr"),
    srcAddr: optionalAddress(line, "src_addr"),
    dev: line.word("dev"),
    lci: line.hex("lci"),
    state: line.decimal("st"),
    vs: line.decimal("vs"),
    vr: line.decimal("vr"),
    va: line.decimal("va"),
    timer: line.decimal("t"),
    t2: line.decimal("t2"),
    t21: line.decimal("t21"),
    t22: line.decimal("t22"),
    t23: line.decimal("t23"),
    sendQueue: line.decimal("Snd-Q"),
    receiveQueue: line.decimal("Rcv-Q"),
    inode: line.decimal("inode"),
    ...line.extra(),
  })),
);

/**
 * A call that passes through: a row of `/proc/net/x25/forward`.
 *
 * @example
 * ```ts
 * import { each } from "procnet";
 * import { x25Forward } from "procnet/tables";
 * for (const row of each(x25Forward)) console.log(row);
 * ```
 */
export const x25Forward: RowTable<"x25/forward", X25Forward> = table(
  { name: "x25/forward", needs: "CONFIG_X25, module x25", scope: "initial" },
  lineForm(["lci dev1"], (line) => ({
    lci: line.decimal("lci"),
    dev1: line.word("dev1"),
    dev2: line.word("dev2"),
    ...line.extra(),
  })),
);

/**
 * Parses the text of `/proc/net/x25/route`.
 *
 * @throws `ProcfsError` with code `ERR_PARSE` at the first bad row, unless `onIssue` is given
 * @example
 * ```ts
 * import { parseX25Route } from "procnet/parse";
 * parseX25Route(bytes).map((route) => route.device);
 * ```
 */
export function parseX25Route(text: Uint8Array, options: ParseOptions = {}): X25Route[] {
  return parseRows(x25Route, text, options);
}

/** Parses the text of `/proc/net/x25/socket`, like {@link parseX25Route}. */
export function parseX25Socket(text: Uint8Array, options: ParseOptions = {}): X25Socket[] {
  return parseRows(x25Socket, text, options);
}

/** Parses the text of `/proc/net/x25/forward`, like {@link parseX25Route}. */
export function parseX25Forward(text: Uint8Array, options: ParseOptions = {}): X25Forward[] {
  return parseRows(x25Forward, text, options);
}

function optionalAddress(line: Line, field: string): string | undefined {
  const address = line.word(field);
  return address === "*" ? undefined : address;
}
