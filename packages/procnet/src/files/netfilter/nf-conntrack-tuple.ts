import { bigintSpan, counterSpan, decimalSpan } from "../../bytes/decimal.ts";
import { hexSpan } from "../../bytes/hex.ts";
import { latin1, utf8 } from "../../bytes/strings.ts";
import { RowError } from "../../form/issues.ts";
import type { Line } from "../../form/line.ts";
import type { Counter, ParseOptions } from "../../form/options.ts";
import { printedAddress } from "../../form/printed-address.ts";
import { byteIn } from "../../form/token.ts";

/*
 * Tuples of connection tracking, as nf_conntrack and nf_conntrack_expect print them: print_tuple
 * (net/netfilter/nf_conntrack_standalone.c). The same keys stand in a line twice: the second src= begins the other direction.
 */

/** One direction of a connection: addresses, and what its protocol tells connections apart by. */
export interface NfConntrackTuple<Value extends Counter = number> {
  /** Source address, RFC 5952 text. */
  readonly src: string;
  /** Destination address, RFC 5952 text. */
  readonly dst: string;
  /** Source port: TCP, UDP, UDP-Lite, SCTP, DCCP. */
  readonly sport: number | undefined;
  /** Destination port. */
  readonly dport: number | undefined;
  /** ICMP and ICMPv6 type. */
  readonly type: number | undefined;
  /** ICMP and ICMPv6 code. */
  readonly code: number | undefined;
  /** ICMP and ICMPv6 identifier of an echo. */
  readonly id: number | undefined;
  /** GRE key (call id of PPTP) of the source. */
  readonly srckey: number | undefined;
  /** GRE key of the destination. */
  readonly dstkey: number | undefined;
  /** Zone of this direction alone; the kernel's `zone-orig` and `zone-reply`. */
  readonly zone: number | undefined;
  /** Packets in this direction; only with `nf_conntrack_acct`. */
  readonly packets: Value | undefined;
  /** Bytes in this direction, headers of IP included; only with `nf_conntrack_acct`. */
  readonly bytes: Value | undefined;
}

type Tuple = { -readonly [Key in keyof NfConntrackTuple<Counter>]: NfConntrackTuple<Counter>[Key] };

type TupleKey = Exclude<keyof Tuple, "src" | "dst">;

const EQUALS = 0x3d;
const OPENING = 0x5b;
const COMMA = 0x2c;
const TUPLE_KEYS: ReadonlyMap<string, TupleKey> = /* @__PURE__ */ new Map<string, TupleKey>([
  ["sport", "sport"],
  ["dport", "dport"],
  ["type", "type"],
  ["code", "code"],
  ["id", "id"],
  ["srckey", "srckey"],
  ["dstkey", "dstkey"],
  ["zone-orig", "zone"],
  ["zone-reply", "zone"],
  ["packets", "packets"],
  ["bytes", "bytes"],
]);
const PORTS: ReadonlySet<string> = /* @__PURE__ */ new Set(["sport", "dport"]);
const OTHER_KEYS: ReadonlySet<string> = /* @__PURE__ */ new Set([
  "timeout",
  "stream_timeout",
  "mark",
  "secmark",
  "secctx",
  "zone",
  "delta-time",
  "use",
]);
/** What ct_seq_show prints behind a security context, in this order. */
const AFTER_CONTEXT: readonly string[] = ["zone", "delta-time", "use"];
const FLAGS: ReadonlySet<string> = /* @__PURE__ */ new Set(["[UNREPLIED]", "[ASSURED]", "[OFFLOAD]", "[HW_OFFLOAD]"]);

/** Reads the words and `key=value` pairs of a line; what it does not know is kept in `extra`. */
export class ConntrackFields {
  readonly tuples: NfConntrackTuple<Counter>[] = [];
  state: string | undefined;
  private tuple: Tuple | undefined;
  private readonly values = new Map<string, [start: number, end: number]>();
  private readonly flags = new Set<string>();
  private readonly unknown: string[] = [];
  private readonly line: Line;
  private readonly bigint: boolean;

  constructor(line: Line, options: ParseOptions) {
    this.line = line;
    this.bigint = options.bigint === true;
  }

  readAll(): void {
    while (this.line.more()) if (!this.readOne()) this.keep();
  }

  /** Reads `key=value` pairs of one tuple; leaves the line before the first word that is none. */
  readTuple(): NfConntrackTuple<Counter> {
    const { line } = this;
    for (let before = line.at; line.more(); before = line.at) {
      if (this.readOne() && this.tuples.length <= 1 && this.state === undefined && this.flags.size === 0) continue;
      line.at = before;
      break;
    }
    return this.tuples[0] ?? line.fail("src", "the tuple that is due here");
  }

  number(key: string): number | undefined {
    const span = this.values.get(key);
    if (span === undefined) return undefined;
    // GRE writes a comma behind its first value.
    const end = this.line.bytes[span[1] - 1] === COMMA ? span[1] - 1 : span[1];
    return this.decimal(key, span[0], end);
  }

  text(key: string): string | undefined {
    const span = this.values.get(key);
    return span && utf8(this.line.bytes, span[0], span[1]);
  }

  flag(name: string): boolean {
    return this.flags.has(`[${name}]`);
  }

  extra(): { extra: readonly string[] } | undefined {
    return this.unknown.length === 0 ? undefined : { extra: this.unknown };
  }

  private keep(): void {
    const { bytes, tokenStart, tokenEnd } = this.line;
    this.unknown.push(utf8(bytes, tokenStart, tokenEnd));
  }

  /** Reads the next word; false when it is not known. */
  private readOne(): boolean {
    const { line } = this;
    line.next("tuple");
    const { bytes, tokenStart: start, tokenEnd: end } = line;
    if (bytes[start] === OPENING) return this.readFlag(latin1(bytes, start, end));
    const equals = byteIn(line, EQUALS);
    if (equals < 0) return this.readState(start, end);
    const key = latin1(bytes, start, equals);
    if (key === "src") return this.beginTuple(equals + 1, end);
    if (key === "dst") return this.setDestination(equals + 1, end);
    const tupleKey = TUPLE_KEYS.get(key);
    if (tupleKey !== undefined) return this.setTuple(tupleKey, key, equals + 1, end);
    if (!OTHER_KEYS.has(key) || this.values.has(key)) return false;
    this.values.set(key, [equals + 1, key === "secctx" ? this.contextEnd(end) : end]);
    return true;
  }

  /**
   * Where a security context ends: AppArmor's hold blanks (`/usr/sbin/foo (enforce)`), and the kernel quotes none of them. It is
   * all up to the numbers that stand behind it at the end of the line. Leaves the line there.
   */
  private contextEnd(first: number): number {
    const { line } = this;
    let end = first;
    let next = line.at;
    let last = -1;
    for (let before = end, at = next; line.more(); before = line.tokenEnd, at = line.at) {
      line.next("secctx");
      const place = this.placeAfterContext();
      if (place <= last || place < 0) {
        end = place < 0 ? line.tokenEnd : before;
        next = place < 0 ? line.at : at;
      }
      last = place;
    }
    line.at = next;
    return end;
  }

  /** Which of {@link AFTER_CONTEXT} the word is; -1 when it is none. */
  private placeAfterContext(): number {
    const { bytes, tokenStart, tokenEnd } = this.line;
    const equals = byteIn(this.line, EQUALS);
    if (equals < 0 || Number.isNaN(decimalSpan(bytes, equals + 1, tokenEnd))) return -1;
    return AFTER_CONTEXT.indexOf(latin1(bytes, tokenStart, equals));
  }

  private readFlag(word: string): boolean {
    if (FLAGS.has(word)) this.flags.add(word);
    return FLAGS.has(word);
  }

  /** The state is the one bare word in front of the first tuple. */
  private readState(start: number, end: number): boolean {
    if (this.tuple !== undefined || this.state !== undefined) return false;
    this.state = utf8(this.line.bytes, start, end);
    return true;
  }

  private beginTuple(start: number, end: number): boolean {
    if (this.tuples.length === 2) return false;
    this.tuple = {
      src: printedAddress(this.line, "src", start, end),
      dst: "",
      sport: undefined,
      dport: undefined,
      type: undefined,
      code: undefined,
      id: undefined,
      srckey: undefined,
      dstkey: undefined,
      zone: undefined,
      packets: undefined,
      bytes: undefined,
    };
    return true;
  }

  private setDestination(start: number, end: number): boolean {
    const { tuple } = this;
    if (tuple === undefined || tuple.dst !== "") return false;
    tuple.dst = printedAddress(this.line, "dst", start, end);
    this.tuples.push(tuple as NfConntrackTuple<Counter>);
    return true;
  }

  private setTuple(name: TupleKey, key: string, start: number, end: number): boolean {
    const { tuple } = this;
    if (tuple === undefined || tuple[name] !== undefined) return false;
    const wide = name === "packets" || name === "bytes";
    if (wide) tuple[name] = this.counter(key, start, end);
    else tuple[name] = this.numeral(key, start, end);
    return true;
  }

  private counter(key: string, start: number, end: number): Counter {
    const { bytes } = this.line;
    const value = this.bigint ? bigintSpan(bytes, start, end) : counterSpan(bytes, start, end);
    return value === undefined || Number.isNaN(value) ? this.line.fail(key, "a decimal number") : value;
  }

  /** A decimal number, or a hexadecimal one with `0x`: the keys of GRE. */
  private numeral(key: string, start: number, end: number): number {
    const { bytes } = this.line;
    const isHex = start + 2 < end && bytes[start] === 0x30 && bytes[start + 1] === 0x78;
    const value = isHex ? hexSpan(bytes, start + 2, end) : this.decimal(key, start, end);
    const most = PORTS.has(key) ? 0xffff : 0xffffffff;
    return value >= 0 && value <= most ? value : this.line.fail(key, `a number up to ${most}`);
  }

  private decimal(key: string, start: number, end: number): number {
    const value = decimalSpan(this.line.bytes, start, end);
    if (Number.isNaN(value)) throw new RowError(start, key, "expected a decimal number");
    return value;
  }
}
