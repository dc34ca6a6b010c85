import { MINUS, NINE, ZERO } from "../../bytes/ascii.ts";
import { signedSpan } from "../../bytes/decimal.ts";
import { type ConntrackStateName, ConntrackStatus } from "../../codes/conntrack.ts";
import { lineForm, parseRows } from "../../form/forms.ts";
import { RowError } from "../../form/issues.ts";
import type { Line } from "../../form/line.ts";
import type { Counter, CounterOf, ExactOptions, ParseOptions } from "../../form/options.ts";
import { counterTable, type RowTable } from "../../form/table.ts";
import { ConntrackFields, type NfConntrackTuple } from "./nf-conntrack-tuple.ts";

/*
 * /proc/net/nf_conntrack: ct_seq_show (net/netfilter/nf_conntrack_standalone.c). No header; words and key=value pairs.
 *
 *   ipv4     2 tcp      6 431999 ESTABLISHED src=192.0.2.1 dst=192.0.2.2 sport=50346 dport=80 packets=3 bytes=169
 *     src=192.0.2.2 dst=192.0.2.1 sport=80 dport=50346 packets=2 bytes=112 [ASSURED] mark=0 zone=0 use=2    (one line)
 *
 * ip_conntrack of kernels before 4.9 leaves out the first two words.
 */

/**
 * A tracked connection: a row of `/proc/net/nf_conntrack`. Only root of the namespace may read it. The order is that of a
 * hash table; while it changes, up to Linux 6.12, rows can be missing or come twice.
 */
export interface NfConntrackEntry<Value extends Counter = number> {
  /** `ipv4`, `ipv6` or `unknown`. Absent in `ip_conntrack`, which knows IPv4 only. */
  readonly l3Protocol: string | undefined;
  /** Address family: 2 for IPv4, 10 for IPv6. Absent in `ip_conntrack`. */
  readonly l3Number: number | undefined;
  /** `tcp`, `udp`, `icmp`, `icmpv6`, `sctp`, `gre`, `dccp`, `udplite`, or `unknown` for those without a tracker. */
  readonly protocol: string;
  /** IP protocol number. */
  readonly protocolNumber: number;
  /** Seconds until the entry is dropped. Absent for offloaded flows. */
  readonly timeout: number | undefined;
  /** State of a TCP, SCTP or DCCP connection. Absent for other protocols and for offloaded flows. */
  readonly state: ConntrackStateName | (string & {}) | undefined;
  /** GRE only: seconds an entry lives while one side is silent; the kernel's `timeout=`. */
  readonly greTimeout: number | undefined;
  /** GRE only: seconds an entry lives once both sides have spoken; the kernel's `stream_timeout=`. */
  readonly greStreamTimeout: number | undefined;
  /** The direction of the first packet. */
  readonly original: NfConntrackTuple<Value>;
  /** The direction of the answers as they arrive: with NAT not the mirror of `original`. */
  readonly reply: NfConntrackTuple<Value>;
  /** Those bits of `ConntrackStatus` that the row tells: `SEEN_REPLY`, and one of `ASSURED`, `OFFLOAD`, `HW_OFFLOAD`. */
  readonly status: number;
  /** The connection's mark (`CONNMARK`). Absent when the kernel is built without. */
  readonly mark: number | undefined;
  /** Number of the security context, kernels before 2.6.37. */
  readonly secmark: number | undefined;
  /** Security context as the security module writes it. */
  readonly secctx: string | undefined;
  /** Zone of both directions. Absent when the directions differ (see the tuples), or without zones in the kernel. */
  readonly zone: number | undefined;
  /** Age, seconds; only with `nf_conntrack_timestamp`. */
  readonly deltaTime: number | undefined;
  /** Reference count of the kernel's structure. */
  readonly use: number;
  /** Words this version does not know, as the kernel wrote them; absent when there are none. */
  readonly extra?: readonly string[];
}

/** Rows of `/proc/net/nf_conntrack`. */
export type NfConntrackEntries<Value extends Counter = number> = NfConntrackEntry<Value>[];

/**
 * A tracked connection: a row of `/proc/net/nf_conntrack`.
 *
 * @example
 * ```ts
 * import { read } from "procnet";
 * import { nfConntrack } from "procnet/tables";
 * const toWeb = read(nfConntrack).filter((flow) => flow.original.dport === 443);
 * ```
 */
export const nfConntrack: RowTable<"nf_conntrack", NfConntrackEntry, NfConntrackEntry<bigint>> = counterTable(
  {
    name: "nf_conntrack",
    needs: "CONFIG_NF_CONNTRACK_PROCFS, module nf_conntrack",
    readers: "root",
    sideEffect: "deletes the expired entries it meets",
  },
  lineForm([], (line, options) => conntrackRow(line, options, true)),
);

/**
 * A tracked connection: a row of `/proc/net/ip_conntrack`.
 *
 * @example
 * ```ts
 * import { each } from "procnet";
 * import { ipConntrack } from "procnet/tables";
 * for (const row of each(ipConntrack)) console.log(row);
 * ```
 */
export const ipConntrack: RowTable<"ip_conntrack", NfConntrackEntry, NfConntrackEntry<bigint>> = counterTable(
  {
    name: "ip_conntrack",
    needs: "CONFIG_NF_CONNTRACK_PROC_COMPAT, module nf_conntrack_ipv4",
    until: "4.9",
    readers: "root",
    sideEffect: "deletes the expired entries it meets",
  },
  lineForm([], (line, options) => conntrackRow(line, options, false)),
);

/**
 * Parses the text of `/proc/net/nf_conntrack`.
 *
 * @throws `ProcfsError` with code `ERR_PARSE` at the first bad row, unless `onIssue` is given
 * @example
 * ```ts
 * import { parseNfConntrack } from "procnet/parse";
 * const toWeb = parseNfConntrack(bytes).filter((flow) => flow.original.dport === 443);
 * ```
 */
export function parseNfConntrack<Exact extends boolean = false>(
  text: Uint8Array,
  options?: ExactOptions<Exact>,
): NfConntrackEntries<CounterOf<Exact>>;
export function parseNfConntrack(text: Uint8Array, options: ParseOptions = {}): NfConntrackEntries<Counter> {
  return parseRows(nfConntrack, text, options);
}

/** Parses the text of `/proc/net/ip_conntrack`, like {@link parseNfConntrack}. */
export function parseIpConntrack<Exact extends boolean = false>(
  text: Uint8Array,
  options?: ExactOptions<Exact>,
): NfConntrackEntries<CounterOf<Exact>>;
export function parseIpConntrack(text: Uint8Array, options: ParseOptions = {}): NfConntrackEntries<Counter> {
  return parseRows(ipConntrack, text, options);
}

function conntrackRow(line: Line, options: ParseOptions, hasL3: boolean): NfConntrackEntry<Counter> {
  const l3Protocol = hasL3 ? line.word("l3 name") : undefined;
  const l3Number = hasL3 ? line.decimal("l3 number") : undefined;
  const protocol = line.word("protocol");
  const protocolNumber = line.decimal("protocol number", 0xff);
  const timeout = optionalTimeout(line);
  const fields = new ConntrackFields(line, options);
  fields.readAll();
  const [original, reply] = fields.tuples;
  if (original === undefined || reply === undefined) throw new RowError(line.end, "src", "expected two tuples");
  const use = fields.number("use");
  if (use === undefined) throw new RowError(line.end, "use", "the line ends before this column");
  return {
    l3Protocol,
    l3Number,
    protocol,
    protocolNumber,
    timeout,
    state: fields.state,
    greTimeout: fields.number("timeout"),
    greStreamTimeout: fields.number("stream_timeout"),
    original,
    reply,
    status: statusBits(fields),
    mark: fields.number("mark"),
    secmark: fields.number("secmark"),
    secctx: fields.text("secctx"),
    zone: fields.number("zone"),
    deltaTime: fields.number("delta-time"),
    use,
    ...fields.extra(),
  };
}

function optionalTimeout(line: Line): number | undefined {
  const before = line.at;
  line.next("timeout");
  const value = signedSpan(line.bytes, line.tokenStart, line.tokenEnd);
  if (!Number.isNaN(value)) return value;
  const first = line.bytes[line.tokenStart]!;
  if (first === MINUS || (first >= ZERO && first <= NINE)) line.fail("timeout", "a decimal number");
  line.at = before;
  return undefined;
}

function statusBits(fields: ConntrackFields): number {
  let status = fields.flag("UNREPLIED") ? 0 : ConntrackStatus.SEEN_REPLY;
  for (const name of ["ASSURED", "OFFLOAD", "HW_OFFLOAD"] as const)
    if (fields.flag(name)) status |= ConntrackStatus[name];
  return status;
}
