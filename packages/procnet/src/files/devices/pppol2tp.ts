import { SPACE } from "../../bytes/ascii.ts";
import { bigintSpan, counterSpan, decimalSpan } from "../../bytes/decimal.ts";
import { hexSpan } from "../../bytes/hex.ts";
import { utf8 } from "../../bytes/strings.ts";
import { ipv4Text } from "../../codes/address.ts";
import { BlockScanner, blockForm } from "../../form/block.ts";
import { parseRows } from "../../form/forms.ts";
import type { Line } from "../../form/line.ts";
import type { Counter, CounterOf, ExactOptions, ParseOptions } from "../../form/options.ts";
import { counterTable, type RowTable } from "../../form/table.ts";

/*
 * /proc/net/pppol2tp: pppol2tp_seq_show (net/l2tp/l2tp_ppp.c). Six lines of header, then for each tunnel a blank line and:
 *
 *   TUNNEL 'tunl 1', Y 3
 *    00000000 12/1400/0 10/1200/0
 *     SESSION 'sess 1/1' C0A80001/1701 0001/0001 -> 0002/0002 1 Y
 *      0/0/-/-/LAC 00000000 0
 *      5/6 10/1000/0 9/900/0
 *      interface ppp0
 */

/** What a tunnel or a session carried. */
export interface Pppol2tpCounters<Value extends Counter = number> {
  /** Packets sent. */
  readonly sentPackets: Value;
  /** Bytes sent. */
  readonly sentBytes: Value;
  /** Packets that could not be sent. */
  readonly sentErrs: Value;
  /** Packets received. */
  readonly recvPackets: Value;
  /** Bytes received. */
  readonly recvBytes: Value;
  /** Packets received that were faulty. */
  readonly recvErrs: Value;
}

/** A PPP session within an L2TP tunnel. */
export interface Pppol2tpSession<Value extends Counter = number> extends Pppol2tpCounters<Value> {
  /** The kernel's name for it: `sess 1/2`. */
  readonly name: string;
  /** Local IPv4 address of the tunnel's socket, dotted; `0.0.0.0` when it has none, as over IPv6. */
  readonly address: string;
  /** Local port of the tunnel's socket. */
  readonly port: number;
  /** Number of the tunnel here. */
  readonly tunnelId: number;
  /** Number of the session here. */
  readonly sessionId: number;
  /** The peer's id of the tunnel. */
  readonly peerTunnelId: number;
  /** The peer's id of the session. */
  readonly peerSessionId: number;
  /** Bits of `PppoxState`; 0 when no socket is attached. */
  readonly state: number;
  /** Whether the socket still belongs to this session; the kernel's `user-data-ok`. */
  readonly userDataOk: boolean;
  /** Bytes; 0 since about Linux 4.18. */
  readonly mtu: number;
  /** Bytes; 0 since about Linux 4.18. */
  readonly mru: number;
  /** Whether packets received must have sequence numbers. */
  readonly recvSeq: boolean;
  /** Whether packets are sent with sequence numbers. */
  readonly sendSeq: boolean;
  /** `LNS` when this end answers calls, `LAC` when it makes them. */
  readonly mode: string;
  /** Debug mask; always 0 on current kernels. */
  readonly debug: number;
  /** How long packets wait for those before them, milliseconds. */
  readonly reorderTimeout: number;
  /** Sequence number expected next. */
  readonly nr: number;
  /** Sequence number sent next. */
  readonly ns: number;
  /** The PPP interface; absent when no socket is attached. */
  readonly interface: string | undefined;
}

/** An L2TP tunnel with its sessions; L2TP version 2 only. */
export interface Pppol2tp<Value extends Counter = number> extends Pppol2tpCounters<Value> {
  /** The kernel's name for it: `tunl 1`. */
  readonly name: string;
  /** Whether the tunnel has its socket; the kernel's `user-data-ok`. */
  readonly userDataOk: boolean;
  /** References to the tunnel, less one: about the number of its sessions. */
  readonly sessionCount: number;
  /** Debug mask; always 0 on current kernels. */
  readonly debug: number;
  /** Its sessions. */
  readonly sessions: readonly Pppol2tpSession<Value>[];
}

/** Tunnels of `/proc/net/pppol2tp`. */
export type Pppol2tpRows<Value extends Counter = number> = Pppol2tp<Value>[];

const HEADERS = ["PPPoL2TP driver info", "TUNNEL name", "debug tx-pkts", "SESSION name", "mtu/mru", "nr/ns"];

/**
 * `/proc/net/pppol2tp`: an L2TP tunnel with its sessions.
 *
 * @example
 * ```ts
 * import { read } from "procnet";
 * import { pppol2tp } from "procnet/tables";
 * read(pppol2tp).flatMap((tunnel) => tunnel.sessions.map((session) => session.interface));
 * ```
 */
export const pppol2tp: RowTable<"pppol2tp", Pppol2tp, Pppol2tp<bigint>> = counterTable(
  { name: "pppol2tp", needs: "CONFIG_PPPOL2TP, module l2tp_ppp", since: "2.6.23" },
  blockForm((options) => new Tunnels(HEADERS, options)),
);

/**
 * Parses the text of `/proc/net/pppol2tp`. A session that cannot be read costs no other.
 *
 * @throws `ProcfsError` with code `ERR_PARSE` at the first bad line, unless `onIssue` is given
 * @example
 * ```ts
 * import { parsePppol2tp } from "procnet/parse";
 * parsePppol2tp(bytes).flatMap((tunnel) => tunnel.sessions.map((session) => session.interface));
 * ```
 */
export function parsePppol2tp<Exact extends boolean = false>(
  text: Uint8Array,
  options?: ExactOptions<Exact>,
): Pppol2tpRows<CounterOf<Exact>>;
export function parsePppol2tp(text: Uint8Array, options: ParseOptions = {}): Pppol2tpRows<Counter> {
  return parseRows(pppol2tp, text, options);
}

type Step = "tunnel counters" | "session options" | "session counters" | "interface" | "none";

class Tunnels extends BlockScanner<Pppol2tp<Counter>> {
  private tunnel: object | undefined;
  private sessions: Pppol2tpSession<Counter>[] = [];
  private session: object | undefined;
  private step: Step = "none";

  protected override take(rows: Pppol2tp<Counter>[]): void {
    const { line } = this;
    const { step } = this;
    this.step = "none";
    const first = line.word(step);
    if (first === "TUNNEL") this.beginTunnel(line, rows);
    else if (first === "SESSION") this.beginSession(line);
    else {
      line.at = line.start;
      this.detail(line, step);
    }
  }

  private beginTunnel(line: Line, rows: Pppol2tp<Counter>[]): void {
    this.close(rows);
    const name = quoted(line);
    const userDataOk = line.word("user-data-ok") === "Y";
    this.tunnel = { name, userDataOk, sessionCount: line.decimal("session-count") };
    this.step = "tunnel counters";
  }

  private beginSession(line: Line): void {
    this.closeSession();
    if (this.tunnel === undefined) line.fail("SESSION", "a line of a tunnel that could be read");
    this.session = sessionLine(line);
    this.step = "session options";
  }

  /** A line in a tunnel or session. */
  private detail(line: Line, step: Step): void {
    const bigint = this.options.bigint === true;
    if (step === "tunnel counters") {
      this.tunnel = { ...this.tunnel, debug: line.hex("debug"), ...counters(line, bigint) };
      this.step = "interface";
    } else if (step === "session options") {
      this.session = { ...this.session, ...optionsLine(line) };
      this.step = "session counters";
    } else if (step === "session counters") {
      const [nr, ns] = slashed(line, "nr/ns", 2, decimalSpan);
      this.session = { ...this.session, nr, ns, ...counters(line, bigint), interface: undefined };
      this.step = "interface";
    } else if (step === "interface" && this.session !== undefined && line.word("interface") === "interface") {
      this.session = { ...this.session, interface: line.word("interface") };
    } else {
      line.next("line");
      line.fail("line", "a tunnel, a session or what belongs to one");
    }
  }

  protected override close(rows: Pppol2tp<Counter>[]): void {
    this.closeSession();
    const { tunnel, sessions } = this;
    this.tunnel = undefined;
    this.sessions = [];
    if (tunnel === undefined) return;
    if ("debug" in tunnel) rows.push({ ...(tunnel as Pppol2tp<Counter>), sessions });
    else this.incomplete("tunnel counters");
  }

  private closeSession(): void {
    const { session } = this;
    this.session = undefined;
    if (session === undefined) return;
    if ("interface" in session) this.sessions.push(session as Pppol2tpSession<Counter>);
    else this.incomplete("session counters");
  }
}

/** The name between quotes, which can hold blanks; a comma or a blank follows. */
function quoted(line: Line): string {
  const { bytes, end } = line;
  const at = line.at + 1;
  const close = bytes.subarray(at + 1, end).lastIndexOf(0x27);
  if (bytes[line.at] !== SPACE || bytes[at] !== 0x27 || close < 0) line.fail("name", "followed by a name in quotes");
  const name = utf8(bytes, at + 1, at + 1 + close);
  line.at = at + close + 2;
  if (bytes[line.at] === 0x2c) line.at++;
  return name;
}

function sessionLine(line: Line): object {
  const name = quoted(line);
  line.next("addr/port");
  const slash = line.tokenStart + line.bytes.subarray(line.tokenStart, line.tokenEnd).indexOf(0x2f);
  const address = hexSpan(line.bytes, line.tokenStart, slash);
  const port = decimalSpan(line.bytes, slash + 1, line.tokenEnd);
  if (!(address >= 0 && address <= 0xffffffff) || !(port <= 0xffff)) line.fail("addr/port", "an address and a port");
  const [tunnelId, sessionId] = slashed(line, "src-tid/sid", 2, hexNumber);
  if (line.word("->") !== "->") line.fail("->", '"->"');
  const [peerTunnelId, peerSessionId] = slashed(line, "dest-tid/sid", 2, hexNumber);
  const state = line.decimal("state");
  const userDataOk = line.word("user-data-ok") === "Y";
  const ids = { tunnelId, sessionId, peerTunnelId, peerSessionId };
  return { name, address: ipv4Text(address), port, ...ids, state, userDataOk };
}

const DIGITS = /^[0-9]{1,10}$/;

function optionsLine(line: Line): object {
  const words = line.word("mtu/mru/rcvseq/sendseq/lns").split("/");
  const [mtu = "", mru = "", recvSeq, sendSeq, mode] = words;
  if (words.length !== 5 || !DIGITS.test(mtu) || !DIGITS.test(mru))
    line.fail("mtu/mru/rcvseq/sendseq/lns", "five values");
  const debug = line.hex("debug");
  return {
    mtu: Number(mtu),
    mru: Number(mru),
    recvSeq: recvSeq === "R",
    sendSeq: sendSeq === "S",
    mode,
    debug,
    reorderTimeout: line.decimal("reorderto"),
  };
}

function counters(line: Line, bigint: boolean): Pppol2tpCounters<Counter> {
  const read = bigint
    ? (bytes: Uint8Array, start: number, end: number) => bigintSpan(bytes, start, end) ?? Number.NaN
    : counterSpan;
  const [sentPackets, sentBytes, sentErrs] = slashed<Counter>(line, "tx-pkts/bytes/errs", 3, read);
  const [recvPackets, recvBytes, recvErrs] = slashed<Counter>(line, "rx-pkts/bytes/errs", 3, read);
  return {
    sentPackets: sentPackets!,
    sentBytes: sentBytes!,
    sentErrs: sentErrs!,
    recvPackets: recvPackets!,
    recvBytes: recvBytes!,
    recvErrs: recvErrs!,
  };
}

function hexNumber(bytes: Uint8Array, start: number, end: number): number {
  const value = hexSpan(bytes, start, end);
  return value < 0 ? Number.NaN : value;
}

/** The next token as this many numbers with slashes between them. */
function slashed<Value extends Counter>(
  line: Line,
  field: string,
  count: number,
  read: (bytes: Uint8Array, start: number, end: number) => Value,
): Value[] {
  line.next(field);
  const values: Value[] = [];
  for (let at = line.tokenStart; at <= line.tokenEnd; ) {
    const slash = line.bytes.subarray(at, line.tokenEnd).indexOf(0x2f);
    const end = slash < 0 ? line.tokenEnd : at + slash;
    values.push(read(line.bytes, at, end));
    at = end + 1;
  }
  if (values.length !== count || values.some((value) => Number.isNaN(value)))
    line.fail(field, `${count} numbers with slashes`);
  return values;
}
