import type { TcpInfo } from "procnet";
import { type KernelBytes, u64 } from "../netlink/bytes.ts";

/*
 * struct tcp_info, include/uapi/linux/tcp.h. It has grown at its end with the kernels, and is as long as the kernel says.
 */

/** A field of `TcpInfo`. */
export type TcpInfoField = keyof TcpInfo;

/** Where a field lies and how wide it is: 8, 16, 32 or 64 bits; of those that are bits of a byte, in the order of its bitfield. */
type Place = readonly [name: TcpInfoField, at: number, width: 8 | 16 | 32 | 64, first?: number, bits?: number];

const PLACES: readonly Place[] = /* @__PURE__ */ places();

function places(): Place[] {
  const all: Place[] = [
    ["snd_wscale", 6, 8, 0, 4],
    ["rcv_wscale", 6, 8, 4, 4],
    ["delivery_rate_app_limited", 7, 8, 0, 1],
    ["fastopen_client_fail", 7, 8, 1, 2],
  ];
  const from = (at: number, width: 8 | 16 | 32 | 64, names: string): void => {
    for (const [index, name] of names.split(" ").entries())
      all.push([name as TcpInfoField, at + (index * width) / 8, width]);
  };
  from(0, 8, "state ca_state retransmits probes backoff options");
  from(8, 32, "rto ato snd_mss rcv_mss unacked sacked lost retrans fackets");
  from(44, 32, "last_data_sent last_ack_sent last_data_recv last_ack_recv pmtu rcv_ssthresh rtt rttvar");
  from(76, 32, "snd_ssthresh snd_cwnd advmss reordering rcv_rtt rcv_space total_retrans");
  from(104, 64, "pacing_rate max_pacing_rate bytes_acked bytes_received");
  from(136, 32, "segs_out segs_in notsent_bytes min_rtt data_segs_in data_segs_out");
  from(160, 64, "delivery_rate busy_time rwnd_limited sndbuf_limited");
  from(192, 32, "delivered delivered_ce");
  from(200, 64, "bytes_sent bytes_retrans");
  from(216, 32, "dsack_dups reord_seen rcv_ooopack snd_wnd rcv_wnd rehash");
  from(240, 16, "total_rto total_rto_recoveries");
  from(244, 32, "total_rto_time received_ce delivered_e1_bytes delivered_e0_bytes delivered_ce_bytes");
  from(264, 32, "received_e1_bytes received_e0_bytes received_ce_bytes");
  from(276, 16, "accecn_fail_mode accecn_opt_seen");
  return all;
}

/** Names of all fields, for who wants them all. */
export const TCP_INFO_FIELDS: readonly TcpInfoField[] = /* @__PURE__ */ PLACES.map(([name]) => name);

/** Reads the fields that are wanted of what came. */
export type ReadTcpInfo = (of: KernelBytes, from: number, to: number) => TcpInfo;

/** A reader of these fields; without, of those that {@link usual} has. */
export function tcpInfoReader(fields?: readonly TcpInfoField[] | "all"): ReadTcpInfo {
  if (fields === undefined) return usual;
  const wanted = new Set<TcpInfoField>(fields === "all" ? TCP_INFO_FIELDS : fields);
  const table = PLACES.filter(([name]) => wanted.has(name));
  return (of, from, to) => byTable(of, from, to, table);
}

/** The fields of {@link usual}. */
export const USUAL_FIELDS: readonly TcpInfoField[] = [
  ...(["rto", "ato", "rtt", "rttvar", "snd_ssthresh", "snd_cwnd", "total_retrans"] as const),
  ...(["bytes_acked", "bytes_received", "segs_out", "segs_in", "min_rtt", "bytes_sent", "bytes_retrans"] as const),
];

/** What Linux 4.19 has, which is enough for {@link usual}. */
const ENOUGH = 216;

/** One literal: by name in a loop, fourteen fields of 100,000 sockets take as long as all the rest of them. */
function usual(of: KernelBytes, from: number, to: number): TcpInfo {
  if (to - from < ENOUGH) return byTable(of, from, to, usualTable());
  const { view, littleEndian } = of;
  return {
    rto: view.getUint32(from + 8, littleEndian),
    ato: view.getUint32(from + 12, littleEndian),
    rtt: view.getUint32(from + 68, littleEndian),
    rttvar: view.getUint32(from + 72, littleEndian),
    snd_ssthresh: view.getUint32(from + 76, littleEndian),
    snd_cwnd: view.getUint32(from + 80, littleEndian),
    total_retrans: view.getUint32(from + 100, littleEndian),
    bytes_acked: u64(of, from + 120),
    bytes_received: u64(of, from + 128),
    segs_out: view.getUint32(from + 136, littleEndian),
    segs_in: view.getUint32(from + 140, littleEndian),
    min_rtt: view.getUint32(from + 148, littleEndian),
    bytes_sent: u64(of, from + 200),
    bytes_retrans: u64(of, from + 208),
  };
}

let usuals: readonly Place[] | undefined;

function usualTable(): readonly Place[] {
  const names = new Set(USUAL_FIELDS);
  usuals ??= PLACES.filter(([name]) => names.has(name));
  return usuals;
}

/** As many fields as came: an object that has them all, of which copies are filled. */
interface Shape {
  readonly fields: readonly Place[];
  readonly empty: TcpInfo;
}

const SHAPES: Map<readonly Place[], Map<number, Shape>> = /* @__PURE__ */ new Map();

function shapeOf(table: readonly Place[], length: number): Shape {
  const ofTable = SHAPES.get(table) ?? new Map<number, Shape>();
  const known = ofTable.get(length);
  if (known !== undefined) return known;
  const fields = table.filter(([, at, width]) => at + width / 8 <= length);
  // Read from JSON all fields lie in the object itself; added one by one they would be a table of keys, thrice as slow.
  const shape = { fields, empty: JSON.parse(JSON.stringify(Object.fromEntries(fields.map(([name]) => [name, 0])))) };
  ofTable.set(length, shape);
  SHAPES.set(table, ofTable);
  return shape;
}

function byTable(of: KernelBytes, from: number, to: number, table: readonly Place[]): TcpInfo {
  const { fields, empty } = shapeOf(table, to - from);
  const info: { -readonly [Name in TcpInfoField]?: number | undefined } = { ...empty };
  for (const [name, at, width, first, bits] of fields) {
    const value = valueAt(of, from + at, width);
    info[name] = first === undefined ? value : bitsOf(value, first, bits!, of.littleEndian);
  }
  if (info.pacing_rate !== undefined && isUnlimited(of, from + PACING)) info.pacing_rate = undefined;
  if (info.max_pacing_rate !== undefined && isUnlimited(of, from + MAX_PACING)) info.max_pacing_rate = undefined;
  return info as TcpInfo;
}

const PACING = 104;
const MAX_PACING = 112;

/** A rate of all ones is none. */
function isUnlimited({ view }: KernelBytes, at: number): boolean {
  return view.getInt32(at) === -1 && view.getInt32(at + 4) === -1;
}

function valueAt(of: KernelBytes, at: number, width: 8 | 16 | 32 | 64): number {
  switch (width) {
    case 8:
      return of.bytes[at]!;
    case 16:
      return of.view.getUint16(at, of.littleEndian);
    case 32:
      return of.view.getUint32(at, of.littleEndian);
    default:
      return u64(of, at);
  }
}

/** Compilers lay the first field of a bitfield at the low end where the low byte comes first, and at the high end elsewhere. */
export function bitsOf(byte: number, first: number, bits: number, littleEndian: boolean): number {
  return (byte >> (littleEndian ? first : 8 - first - bits)) & ((1 << bits) - 1);
}
