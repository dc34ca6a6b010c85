import { COLON } from "../../bytes/ascii.ts";
import { decimalSpan } from "../../bytes/decimal.ts";
import { latin1, utf8 } from "../../bytes/strings.ts";
import { readWhole } from "../../form/block.ts";
import { RowError } from "../../form/issues.ts";
import type { Line } from "../../form/line.ts";
import { counterOf } from "../../form/line-counters.ts";
import type { Counter, CounterOf, ExactOptions, ParseOptions } from "../../form/options.ts";
import { counterTable, type TextTable } from "../../form/table.ts";

/*
 * /proc/net/vlan/<device>: vlandev_seq_show (net/8021q/vlanproc.c).
 *
 *   eth0.5  VID: 5	 REORDER_HDR: 1  dev->priv_flags: 1021
 *            total frames received          102
 *             total bytes received         9812
 *         Broadcast/Multicast Rcvd            3
 *
 *         total frames transmitted           98
 *          total bytes transmitted         8116
 *   Device: eth0
 *   INGRESS priority mappings: 0:0  1:0  2:0  3:0  4:0  5:0  6:0 7:0
 *    EGRESS priority mappings: 0:1 6:7
 */

/** A priority of a packet within the kernel, and the one in the VLAN tag. */
export interface VlanPriority {
  /** Priority in the tag (PCP, 802.1p), 0 to 7. */
  readonly tag: number;
  /** Priority of the packet in the kernel (`skb->priority`). */
  readonly packet: number;
}

/** State of a VLAN device: `/proc/net/vlan/<device>`. */
export interface Vlan<Value extends Counter = number> {
  /** Name of the VLAN device. */
  readonly device: string;
  /** VLAN id; the kernel's `VID`. */
  readonly vlanId: number;
  /** Whether headers are reordered so that packets look as if they had no tag. */
  readonly reorderHdr: boolean;
  /** Private flags of the kernel's device, which change their meaning between releases; cut to 16 bits up to 5.x. */
  readonly privFlags: number;
  /** Packets received; the kernel's `total frames received`. */
  readonly recvPackets: Value;
  /** Bytes received. */
  readonly recvBytes: Value;
  /** Broadcast and multicast packets received. */
  readonly recvMulticast: Value;
  /** Packets sent; the kernel's `total frames transmitted`. */
  readonly sentPackets: Value;
  /** Bytes sent. */
  readonly sentBytes: Value;
  /** The device it sits on. */
  readonly realDevice: string;
  /** What the priority in the tag becomes on receipt, for each of the eight. */
  readonly ingress: readonly VlanPriority[];
  /** What the priority in the tag is on sending; packets of other priorities get 0. */
  readonly egress: readonly VlanPriority[];
  /** Lines that this version does not know, as the kernel wrote them; absent when there are none. */
  readonly extra?: readonly string[];
}

/**
 * State of a VLAN device: `/proc/net/vlan/*`.
 *
 * @example
 * ```ts
 * import { read } from "procnet";
 * import { vlan } from "procnet/tables";
 * console.log(read(vlan, { name: "vlan/eth0.5" }));
 * ```
 */
export const vlan: TextTable<"vlan/*", Vlan | undefined, Vlan<bigint> | undefined> = counterTable(
  { name: "vlan/*", needs: "CONFIG_VLAN_8021Q, module 8021q", readers: "root" },
  { parse },
);

/**
 * Parses the text of `/proc/net/vlan/<device>`; an empty text, which a device about to vanish gives, is `undefined`.
 *
 * @throws `ProcfsError` with code `ERR_PARSE` at the first bad line or for a missing one, unless `onIssue` is given
 * @example
 * ```ts
 * import { parseVlan } from "procnet/parse";
 * parseVlan(bytes)?.realDevice; // "eth0"
 * ```
 */
export function parseVlan<Exact extends boolean = false>(
  text: Uint8Array,
  options?: ExactOptions<Exact>,
): Vlan<CounterOf<Exact>> | undefined;
export function parseVlan(text: Uint8Array, options: ParseOptions = {}): Vlan<Counter> | undefined {
  return parse(text, options);
}

type Draft = { -readonly [Name in keyof Vlan<Counter>]?: Vlan<Counter>[Name] };

/** Counters by what the line calls them. */
const COUNTERS: ReadonlyMap<string, "recvPackets" | "recvBytes" | "recvMulticast" | "sentPackets" | "sentBytes"> =
  /* @__PURE__ */ new Map([
    ["total frames received", "recvPackets"],
    ["total bytes received", "recvBytes"],
    ["Broadcast/Multicast Rcvd", "recvMulticast"],
    ["total frames transmitted", "sentPackets"],
    ["total bytes transmitted", "sentBytes"],
  ]);

const NEEDED = [
  ...(["device", "recvPackets", "recvBytes", "recvMulticast", "sentPackets", "sentBytes"] as const),
  ...(["realDevice", "ingress", "egress"] as const),
] as const;

function parse(text: Uint8Array, options: ParseOptions): Vlan<Counter> | undefined {
  const draft: Draft = {};
  const extra: string[] = [];
  const read = (line: Line) => {
    if (draft.device === undefined) Object.assign(draft, firstLine(line));
    else if (line.more() && !known(line, draft, options)) extra.push(utf8(line.bytes, line.start, line.end));
  };
  const end = (last: Line): Vlan<Counter> => {
    const missing = NEEDED.find((field) => draft[field] === undefined);
    if (missing !== undefined) throw new RowError(last.end, missing, "the text lacks this field");
    return { ...(draft as Vlan<Counter>), ...(extra.length > 0 && { extra }) };
  };
  return readWhole(text, options, read, end, { blanks: "usual" });
}

function firstLine(line: Line): Draft {
  const device = line.word("device");
  label(line, "VID:");
  const vlanId = line.decimal("VID");
  label(line, "REORDER_HDR:");
  const reorderHdr = line.decimal("REORDER_HDR") !== 0;
  label(line, "dev->priv_flags:");
  return { device, vlanId, reorderHdr, privFlags: line.hex("priv_flags") };
}

function label(line: Line, expected: string): void {
  if (line.word(expected) !== expected) line.fail(expected, `"${expected}"`);
}

/** Reads a line into the draft; false when this version does not know it. */
function known(line: Line, draft: Draft, options: ParseOptions): boolean {
  const text = latin1(line.bytes, line.at, line.end);
  if (text.startsWith("Device: ")) {
    line.at += "Device:".length;
    draft.realDevice = line.word("Device");
  } else if (text.startsWith("INGRESS priority mappings:")) {
    line.at += "INGRESS priority mappings:".length;
    draft.ingress = mappings(line, "INGRESS").map(([tag, packet]) => ({ tag, packet }));
  } else if (text.startsWith("EGRESS priority mappings:")) {
    line.at += "EGRESS priority mappings:".length;
    draft.egress = mappings(line, "EGRESS").map(([packet, tag]) => ({ tag, packet }));
  } else {
    return counter(line, text, draft, options);
  }
  return true;
}

function counter(line: Line, text: string, draft: Draft, options: ParseOptions): boolean {
  for (const [name, field] of COUNTERS) {
    if (!text.startsWith(`${name} `)) continue;
    line.at += name.length;
    draft[field] = counterOf(line, name, options.bigint === true);
    return true;
  }
  return false;
}

/** Pairs of numbers with a colon between them. */
function mappings(line: Line, field: string): [number, number][] {
  const pairs: [number, number][] = [];
  while (line.more()) {
    line.next(field);
    const colon = line.tokenStart + line.bytes.subarray(line.tokenStart, line.tokenEnd).indexOf(COLON);
    const from = decimalSpan(line.bytes, line.tokenStart, colon);
    const to = decimalSpan(line.bytes, colon + 1, line.tokenEnd);
    if (!(from >= 0 && to >= 0)) line.fail(field, "two numbers with a colon between them");
    pairs.push([from, to]);
  }
  return pairs;
}
