import { eachLine, lineForm, parseRows } from "../../form/forms.ts";
import { RowError } from "../../form/issues.ts";
import type { Line } from "../../form/line.ts";
import type { ParseOptions } from "../../form/options.ts";
import { startsWith } from "../../form/scanner.ts";
import { type RowTable, type TextTable, table } from "../../form/table.ts";
import { decimalPart } from "../../form/token.ts";

/*
 * /proc/net/ax25, ax25_route, ax25_calls, Linux before 7.1: ax25_info_show (net/ax25/af_ax25.c), ax25_rt_seq_show
 * (ax25_route.c), ax25_uid_seq_show (ax25_uid.c). In the initial namespace only. ax25 has no header.
 *
 *   000000006d3c5f21 bpq0 N0CALL-1* N1CALL,DIGI1*,DIGI2 3 0 0 0 0 10 0 3 240 300 0 1200 0 10 5 2 256 0 0 24601
 *   callsign  dev  mode digipeaters
 *   default   bpq0   vc DIGI1
 *   Policy: 1
 *     1000 N0CALL
 */

/** A connection or listener of AX.25 (amateur radio): a row of `/proc/net/ax25`. Times are seconds. */
export interface Ax25Entry {
  /** The kernel's pointer, hashed or hidden: equal means the same connection; no number. */
  readonly pointer: string;
  /** Interface; `???` for none. */
  readonly dev: string;
  /** Own call sign; `*` at its end when this station repeats for others. */
  readonly srcAddr: string;
  /** Call sign of the other side; `*` for none. */
  readonly destAddr: string;
  /** Stations that repeat on the way; `*` at the end of those that have. */
  readonly digipeaters: readonly string[];
  /** State of the link: 0 none, 1 connecting, 2 disconnecting, 3 connected, 4 recovering. */
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
  /** What is left of T3, seconds. */
  readonly t3Timer: number;
  /** Full time of T3, after which an idle link is probed, seconds. */
  readonly t3: number;
  /** What is left of `idle`, minutes. */
  readonly idleTimer: number;
  /** Minutes without traffic after which the link ends. */
  readonly idle: number;
  /** Retries. */
  readonly n2Count: number;
  /** Limit of the retries. */
  readonly n2: number;
  /** Round-trip time, seconds. */
  readonly rtt: number;
  /** Frames that may wait for an acknowledgement. */
  readonly window: number;
  /** Longest packet, bytes. */
  readonly paclen: number;
  /** Send memory in use, bytes. Absent without a socket (the kernel prints `*`), as the next two. */
  readonly sendQueue: number | undefined;
  /** Receive memory in use, bytes. */
  readonly receiveQueue: number | undefined;
  /** Number in the link `socket:[N]`. */
  readonly inode: number | undefined;
  /** Columns after those this version knows, as the kernel wrote them; absent when there are none. */
  readonly extra?: readonly string[];
}

/** A row of `/proc/net/ax25_route`. */
export interface Ax25Route {
  /** Call sign, or `default`. */
  readonly callsign: string;
  /** Interface; `???` for none. */
  readonly dev: string;
  /** How IP is carried: `vc` in a connection, `dg` in datagrams, `*` as the interface says. */
  readonly mode: string;
  /** Stations that repeat on the way. */
  readonly digipeaters: readonly string[];
}

/** Content of `/proc/net/ax25_calls`. */
export interface Ax25Calls {
  /** 1: users without a call sign may not use AX.25. Absent in an empty text. */
  readonly policy: number | undefined;
  /** User ids with the call sign of each. */
  readonly users: readonly { readonly uid: number; readonly callsign: string }[];
}

/**
 * A connection or listener of AX.25 (amateur radio): a row of `/proc/net/ax25`.
 *
 * @example
 * ```ts
 * import { read } from "procnet";
 * import { ax25 } from "procnet/tables";
 * read(ax25).filter((link) => link.state === 3).map((link) => link.destAddr);
 * ```
 */
export const ax25: RowTable<"ax25", Ax25Entry> = table(
  { name: "ax25", needs: "CONFIG_AX25, module ax25", until: "7.1", scope: "initial" },
  lineForm([], ax25Row),
);

/**
 * A route of AX.25: a row of `/proc/net/ax25_route`.
 *
 * @example
 * ```ts
 * import { each } from "procnet";
 * import { ax25Route } from "procnet/tables";
 * for (const row of each(ax25Route)) console.log(row);
 * ```
 */
export const ax25Route: RowTable<"ax25_route", Ax25Route> = table(
  { name: "ax25_route", needs: "CONFIG_AX25, module ax25", until: "7.1", scope: "initial" },
  lineForm(["callsign  dev"], (line) => ({
    callsign: line.word("callsign"),
    dev: line.word("dev"),
    mode: line.word("mode"),
    digipeaters: line.extra()?.extra ?? [],
  })),
);

/**
 * Call signs of users of AX.25: `/proc/net/ax25_calls`.
 *
 * @example
 * ```ts
 * import { read } from "procnet";
 * import { ax25Calls } from "procnet/tables";
 * console.log(read(ax25Calls));
 * ```
 */
export const ax25Calls: TextTable<"ax25_calls", Ax25Calls> = table(
  { name: "ax25_calls", needs: "CONFIG_AX25, module ax25", until: "7.1", scope: "initial" },
  { parse: parseAx25Calls },
);

/**
 * Parses the text of `/proc/net/ax25`.
 *
 * @throws `ProcfsError` with code `ERR_PARSE` at the first bad row, unless `onIssue` is given
 * @example
 * ```ts
 * import { parseAx25 } from "procnet/parse";
 * parseAx25(bytes).filter((link) => link.state === 3).map((link) => link.destAddr);
 * ```
 */
export function parseAx25(text: Uint8Array, options: ParseOptions = {}): Ax25Entry[] {
  return parseRows(ax25, text, options);
}

/** Parses the text of `/proc/net/ax25_route`, like {@link parseAx25}. */
export function parseAx25Route(text: Uint8Array, options: ParseOptions = {}): Ax25Route[] {
  return parseRows(ax25Route, text, options);
}

/** Parses the text of `/proc/net/ax25_calls`, like {@link parseAx25}. */
export function parseAx25Calls(text: Uint8Array, options: ParseOptions = {}): Ax25Calls {
  let policy: number | undefined;
  const users: { uid: number; callsign: string }[] = [];
  eachLine(text, options, (line) => {
    if (policy !== undefined) {
      users.push({ uid: line.decimal("uid"), callsign: line.word("callsign") });
      return;
    }
    if (!startsWith(line, "Policy:")) throw new RowError(line.start, "header", 'expected "Policy:" and a number');
    line.next("header");
    policy = line.decimal("Policy");
  });
  return { policy, users };
}

function ax25Row(line: Line): Ax25Entry {
  const pointer = line.word("magic");
  const dev = line.word("dev");
  const srcAddr = line.word("src_addr");
  const [destAddr, ...digipeaters] = line.word("dest_addr").split(",");
  const numbers = {
    state: line.decimal("st"),
    vs: line.decimal("vs"),
    vr: line.decimal("vr"),
    va: line.decimal("va"),
    t1Timer: line.decimal("t1"),
    t1: line.decimal("t1"),
    t2Timer: line.decimal("t2"),
    t2: line.decimal("t2"),
    t3Timer: line.decimal("t3"),
    t3: line.decimal("t3"),
    idleTimer: line.decimal("idle"),
    idle: line.decimal("idle"),
    n2Count: line.decimal("n2"),
    n2: line.decimal("n2"),
    rtt: line.decimal("rtt"),
    window: line.decimal("window"),
    paclen: line.decimal("paclen"),
  };
  return {
    pointer,
    dev,
    srcAddr,
    destAddr: destAddr!,
    digipeaters,
    ...numbers,
    sendQueue: unlessStar(line, "Snd-Q"),
    receiveQueue: unlessStar(line, "Rcv-Q"),
    inode: unlessStar(line, "inode"),
    ...line.extra(),
  };
}

function unlessStar(line: Line, field: string): number | undefined {
  line.next(field);
  if (line.tokenEnd - line.tokenStart === 1 && line.bytes[line.tokenStart] === 0x2a) return undefined;
  return decimalPart(line, field, line.tokenStart, line.tokenEnd);
}
