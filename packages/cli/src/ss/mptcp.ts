import type { MptcpInfo, MptcpSubflow } from "procnet";

/*
 * The figures of MPTCP: of a connection as a whole, and of the TCP connections that carry it.
 */

const COUNTS = [
  "subflows",
  "add_addr_signal",
  "add_addr_accepted",
  "subflows_max",
  "add_addr_signal_max",
  "add_addr_accepted_max",
] as const satisfies readonly (keyof MptcpInfo)[];

const SEQUENCES = ["write_seq", "snd_una", "rcv_nxt"] as const satisfies readonly (keyof MptcpInfo)[];

const FELL_BACK = 1;
const KNOWS_KEY = 2;

/** ` subflows:1 remote_key token:9f3a write_seq:...`; what is 0 is left out. */
export function connectionOf(info: MptcpInfo): string {
  const { flags = 0, token = 0 } = info;
  let text = "";
  for (const name of COUNTS) if (info[name]) text += ` ${name}:${info[name]}`;
  if ((flags & FELL_BACK) !== 0) text += " fallback";
  if ((flags & KNOWS_KEY) !== 0) text += " remote_key";
  if (token !== 0) text += ` token:${token.toString(16)}`;
  for (const name of SEQUENCES) {
    const digits = withoutZeros(info[name] ?? "0");
    if (digits !== "0") text += ` ${name}:${digits}`;
  }
  return text;
}

/** A letter for each flag, from the lowest bit. */
const FLAGS = "MmJjBbecv";

/** ` flags:Mmec token:0000(id:0)/9f3a(id:0) seq:... sfseq:1 ssnoff:... maplen:0` */
export function subflowOf(subflow: MptcpSubflow): string {
  const { flags = 0, token_rem, token_loc, id_rem, id_loc, map_seq, map_sfseq, ssn_offset, map_datalen } = subflow;
  let text = flags === 0 ? "" : ` flags:${[...FLAGS].filter((_, bit) => (flags & (1 << bit)) !== 0).join("")}`;
  if (token_rem !== undefined && token_loc !== undefined && id_rem !== undefined && id_loc !== undefined) {
    text += ` token:${hex4(token_rem)}(id:${id_rem})/${hex4(token_loc)}(id:${id_loc})`;
  }
  if (map_seq !== undefined) text += ` seq:${withoutZeros(map_seq)}`;
  if (map_sfseq !== undefined) text += ` sfseq:${map_sfseq.toString(16)}`;
  if (ssn_offset !== undefined) text += ` ssnoff:${ssn_offset.toString(16)}`;
  return map_datalen === undefined ? text : `${text} maplen:${map_datalen.toString(16)}`;
}

function hex4(value: number): string {
  return value.toString(16).padStart(4, "0");
}

function withoutZeros(digits: string): string {
  return digits.replace(/^0+(?=.)/, "");
}
