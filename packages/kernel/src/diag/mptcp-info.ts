import type { MptcpInfo, MptcpSubflow } from "procnet";
import { eachAttribute } from "../netlink/attributes.ts";
import { type KernelBytes, u64 } from "../netlink/bytes.ts";

/** `struct mptcp_info`, include/uapi/linux/mptcp.h: where each field lies and how many bytes it has; as long as the kernel says. */
type Place = readonly [name: keyof MptcpInfo, at: number, bytes: 1 | 4 | 8];

const PLACES: readonly Place[] = [
  ...(["subflows", "add_addr_signal", "add_addr_accepted", "subflows_max"] as const).map(
    (name, at) => [name, at, 1] as const,
  ),
  ...([
    ["add_addr_signal_max", 4, 1],
    ["add_addr_accepted_max", 5, 1],
    ["flags", 8, 4],
    ["token", 12, 4],
  ] as const),
  ...([
    ["write_seq", 16, 8],
    ["snd_una", 24, 8],
    ["rcv_nxt", 32, 8],
  ] as const),
  ...([
    ["local_addr_used", 40, 1],
    ["local_addr_max", 41, 1],
    ["csum_enabled", 42, 1],
    ["retransmits", 44, 4],
  ] as const),
  ...([
    ["bytes_retrans", 48, 8],
    ["bytes_sent", 56, 8],
    ["bytes_received", 64, 8],
    ["bytes_acked", 72, 8],
  ] as const),
  ...([
    ["subflows_total", 80, 1],
    ["last_data_sent", 84, 4],
    ["last_data_recv", 88, 4],
    ["last_ack_recv", 92, 4],
  ] as const),
];

/** Places in the sequence of bytes begin anywhere in 64 bits: as numbers they would be rounded. */
const SEQUENCES: ReadonlySet<string> = new Set(["write_seq", "snd_una", "rcv_nxt"]);

/** The figures of a connection of MPTCP, as far as the kernel has them. */
export function mptcpInfo(of: KernelBytes, from: number, to: number): MptcpInfo {
  const { bytes, view, littleEndian } = of;
  const info: Record<string, number | string> = {};
  for (const [name, at, width] of PLACES) {
    const place = from + at;
    if (place + width > to) continue;
    if (SEQUENCES.has(name)) info[name] = view.getBigUint64(place, littleEndian).toString(16);
    else info[name] = width === 1 ? bytes[place]! : width === 4 ? view.getUint32(place, littleEndian) : u64(of, place);
  }
  return info;
}

/** MPTCP_SUBFLOW_ATTR_*, by number: each is as wide as its value. */
const SUBFLOW: readonly (keyof MptcpSubflow | undefined)[] = [
  undefined,
  ...(["token_rem", "token_loc", "relwrite_seq", "map_seq", "map_sfseq"] as const),
  ...(["ssn_offset", "map_datalen", "flags", "id_rem", "id_loc"] as const),
];

/** How a TCP connection is part of one of MPTCP. */
export function mptcpSubflow(of: KernelBytes, from: number, to: number): MptcpSubflow {
  const subflow: Record<string, number | string> = {};
  eachAttribute(of, from, to, (type, start, end) => {
    const name = SUBFLOW[type];
    if (name === undefined) return;
    const { bytes, view, littleEndian } = of;
    if (end - start === 8) subflow[name] = view.getBigUint64(start, littleEndian).toString(16);
    else if (end - start === 4) subflow[name] = view.getUint32(start, littleEndian);
    else if (end - start === 2) subflow[name] = view.getUint16(start, littleEndian);
    else if (end - start === 1) subflow[name] = bytes[start]!;
  });
  return subflow;
}
