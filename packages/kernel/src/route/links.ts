import type { Counter, CounterOf } from "procnet/parse";
import type { Dump } from "../diag/dump.ts";
import { Writer } from "../netlink/message.ts";
import type { AttributeValue } from "../netlink/value.ts";
import { RTM_GETLINK } from "./constants.ts";
import { linkRow } from "./link-row.ts";
import type { Link } from "./link-types.ts";

/** Which interfaces are asked for. */
export interface LinkQuestion<Exact extends boolean = false> {
  /** The one with this index. */
  readonly index?: number;
  /** The one with this name, or with it among its other names (Linux 5.5). */
  readonly name?: string;
  /** Parts of the master with this index. */
  readonly master?: number;
  /** Of this kind: `bridge`, `veth`, ... */
  readonly kind?: string;
  /** Whether counters are told, `true` by default. Without, the kernel does not ask the driver for them. */
  readonly statistics?: boolean;
  /** Counters exactly, as `bigint`. */
  readonly bigint?: Exact;
}

const IFLA_IFNAME = 3;
const IFLA_MASTER = 10;
const IFLA_LINKINFO = 18;
const IFLA_INFO_KIND = 1;
const IFLA_EXT_MASK = 29;
const IFLA_ALT_IFNAME = 53;

/** Longer names are other names: IFNAMSIZ with its NUL. */
const LONGEST_NAME = 15;

/** Of IFLA_EXT_MASK: RTEXT_FILTER_SKIP_STATS, since Linux 4.4. */
const SKIP_STATISTICS = 8;

/** Of the same: RTEXT_FILTER_BRVLAN_COMPRESSED, which changes nothing in a dump of all families. */
const NOTHING_MORE = 4;

const exactly = (value: AttributeValue, at: number): bigint | undefined => value.big(at);
const rounded = (value: AttributeValue, at: number): number | undefined => value.u64(at);

/**
 * Interfaces, with counters of 64 bits.
 *
 * @throws KernelError `ENODEV` on asking where there is none with the index or the name
 * @example
 * ```ts
 * import { allRows, links, NETLINK_ROUTE, NetlinkSocket, openDoor } from "@procnet/kernel";
 * const socket = new NetlinkSocket(openDoor(), NETLINK_ROUTE);
 * for (const { name, kind, mtu, statistics } of allRows(socket, links()).rows) console.log(name, kind, mtu, statistics?.rx_bytes);
 * socket.close();
 * ```
 */
export function links<Exact extends boolean = false>(question: LinkQuestion<Exact> = {}): Dump<Link<CounterOf<Exact>>> {
  const { index = 0, name, statistics = true, bigint } = question;
  const isOne = index !== 0 || name !== undefined;
  const dump: Dump<Link<Counter>> = {
    question: { doing: "rtnetlink: interfaces", type: RTM_GETLINK, isDump: !isOne, payload: payloadOf(question) },
    reader: () => (of, from, to) => {
      const row = linkRow<Counter>(of, from, to, bigint === true ? exactly : rounded);
      if (!isAsked(row, question)) return undefined;
      return statistics ? row : { ...row, statistics: undefined };
    },
  };
  // Which of the two it is was decided by `bigint`.
  return dump as Dump<Link<CounterOf<Exact>>>;
}

function payloadOf({ index = 0, name, master, kind, statistics = true }: LinkQuestion<boolean>): Uint8Array {
  const writer = new Writer().u8(0, 0).u16(0).u32(index).u32(0).u32(0);
  // With any bit the kernel makes room for the largest of them, without one it ends before it (rtnl_calcit, net/core/rtnetlink.c).
  writer.attribute(IFLA_EXT_MASK, u32(statistics ? NOTHING_MORE : SKIP_STATISTICS));
  if (index === 0 && name !== undefined) {
    const bytes = cText(name);
    writer.attribute(bytes.length > LONGEST_NAME + 1 ? IFLA_ALT_IFNAME : IFLA_IFNAME, bytes);
  } else if (index === 0) {
    if (master !== undefined) writer.attribute(IFLA_MASTER, u32(master));
    if (kind !== undefined)
      writer.attribute(IFLA_LINKINFO, new Writer().attribute(IFLA_INFO_KIND, cText(kind)).bytes());
  }
  return writer.bytes();
}

function u32(value: number): Uint8Array {
  return new Writer().u32(value).bytes();
}

function cText(text: string): Uint8Array {
  return new TextEncoder().encode(`${text}\0`);
}

/** Old kernels tell of more. */
function isAsked(row: Link<Counter>, { master, kind }: LinkQuestion<boolean>): boolean {
  return (master === undefined || row.master === master) && (kind === undefined || row.kind === kind);
}
