import { nameOf, RouteProtocol, RuleAction, RuleFlags } from "procnet/parse";
import type { Dump } from "../diag/dump.ts";
import type { KernelBytes } from "../netlink/bytes.ts";
import { Writer } from "../netlink/message.ts";
import {
  type AttributeReaders,
  type AttributeValue,
  type DraftOf,
  fill,
  type UnknownAttributes,
  untold,
} from "../netlink/value.ts";
import { type Family, familyCode, familyOf, RTM_GETRULE } from "./constants.ts";
import { attributesBehind } from "./head.ts";

/*
 * struct fib_rule_hdr and FRA_*, include/uapi/linux/fib_rules.h; fib_nl_fill_rule (net/core/fib_rules.c), fib4_rule_fill, fib6_rule_fill.
 *
 *   0 family   1 length of the destination's prefix   2 of the source's   3 TOS   4 table   7 action   8 flags
 */

/** First and last of some numbers. */
export interface NumberRange {
  readonly first: number;
  readonly last: number;
}

/** A rule: which packets look into which table. As `ip rule` lists them. What a rule does not ask for is absent. */
export interface RoutingRule extends Readonly<UnknownAttributes> {
  /** IP version of the packets. */
  readonly family: Family;
  /** Rules are gone through by it, the lowest first. */
  readonly priority: number;
  /** What is done with packets that it fits: `TO_TBL` looks into a table. */
  readonly action: RuleAction;
  /** Number of the table; 0 where the action takes none. */
  readonly table: number;
  /** Whether it means the packets that it does not fit. */
  readonly isInverted: boolean;
  /** Bits of `RuleFlags`. */
  readonly flags: number;
  /** Priority of the rule that goes on. */
  readonly goto: number | undefined;
  /** Network that packets come from. */
  readonly source: string | undefined;
  /** Length of its prefix, bits; 0 for any. */
  readonly sourcePrefixLength: number;
  /** Network that packets go to. */
  readonly destination: string | undefined;
  /** Length of its prefix, bits; 0 for any. */
  readonly destinationPrefixLength: number;
  /** Type of service; 0 for any. */
  readonly tos: number;
  /** Class of differentiated services, since Linux 6.13. */
  readonly dscp: number | undefined;
  /** Bits of the class that are compared, since Linux 6.15. */
  readonly dscpMask: number | undefined;
  /** Name of the interface that packets came by; `lo` for those of this machine. */
  readonly inInterface: string | undefined;
  /** Name of the interface that a socket is bound to. */
  readonly outInterface: string | undefined;
  /** Mark of packets. */
  readonly mark: number | undefined;
  /** Bits of the mark that are compared. */
  readonly markMask: number | undefined;
  /** Routes with prefixes of this length and less are not taken; absent where all are. */
  readonly suppressPrefixLength: number | undefined;
  /** Routes through interfaces of this group are not taken. */
  readonly suppressGroup: number | undefined;
  /** Number of a tunnel; above 2^53 it is rounded. */
  readonly tunnelId: number | undefined;
  /** Whether the table is that of the interface's VRF. */
  readonly isL3mdev: boolean;
  /** Users whose sockets are meant. */
  readonly users: NumberRange | undefined;
  /** Protocol of the packets: see `IpProtocol`. */
  readonly ipProtocol: number | undefined;
  readonly sourcePorts: NumberRange | undefined;
  readonly destinationPorts: NumberRange | undefined;
  /** Bits of the ports that are compared, since Linux 6.15. */
  readonly sourcePortMask: number | undefined;
  readonly destinationPortMask: number | undefined;
  /** Label of the flow, since Linux 6.14; IPv6 only. */
  readonly flowLabel: number | undefined;
  readonly flowLabelMask: number | undefined;
  /** Realms: of the source in the upper half, of the destination in the lower. */
  readonly realms: number | undefined;
  /** Who made it; `UNSPEC` where nobody said. */
  readonly protocol: RouteProtocol;
}

/** Which rules are asked for. */
export interface RuleQuestion {
  /** Of one family; of both by default. */
  readonly family?: Family;
}

const HEAD = 12;

/**
 * Rules of both families, by which the table is found that a packet's route is looked up in.
 *
 * @example
 * ```ts
 * import { allRows, NETLINK_ROUTE, NetlinkSocket, openDoor, rules } from "@procnet/kernel";
 * const socket = new NetlinkSocket(openDoor(), NETLINK_ROUTE);
 * for (const { priority, mark, table } of allRows(socket, rules({ family: "IPv4" })).rows) console.log(priority, mark, table);
 * socket.close();
 * ```
 */
export function rules({ family }: RuleQuestion = {}): Dump<RoutingRule> {
  const payload = new Writer().u8(familyCode(family), 0, 0, 0).u32(0).u32(0).bytes();
  return {
    question: { doing: "rtnetlink: rules", type: RTM_GETRULE, isDump: true, payload },
    reader: () => ruleRow,
  };
}

function ports(value: AttributeValue): NumberRange | undefined {
  const [first, last] = [value.u16(), value.u16(2)];
  return first === undefined || last === undefined ? undefined : { first, last };
}

const READERS: AttributeReaders<DraftOf<RoutingRule>> = {
  0: untold,
  1: (row, value) => {
    row.destination = value.ip();
  },
  2: (row, value) => {
    row.source = value.ip();
  },
  3: (row, value) => {
    row.inInterface = value.text();
  },
  4: (row, value) => {
    row.goto = value.u32();
  },
  6: (row, value) => {
    row.priority = value.u32() ?? 0;
  },
  10: (row, value) => {
    row.mark = value.u32();
  },
  11: (row, value) => {
    row.realms = value.u32();
  },
  12: (row, value) => {
    const id = value.length < 8 ? undefined : value.of.view.getBigUint64(value.from);
    row.tunnelId = id === undefined ? undefined : Number(id);
  },
  13: (row, value) => {
    row.suppressGroup = unlessAll(value.u32());
  },
  14: (row, value) => {
    row.suppressPrefixLength = unlessAll(value.u32());
  },
  15: (row, value) => {
    row.table = value.u32() ?? row.table;
  },
  16: (row, value) => {
    row.markMask = value.u32();
  },
  17: (row, value) => {
    row.outInterface = value.text();
  },
  18: untold,
  19: (row, value) => {
    row.isL3mdev = value.u8() === 1;
  },
  20: (row, value) => {
    const [first, last] = [value.u32(), value.u32(4)];
    row.users = first === undefined || last === undefined ? undefined : { first, last };
  },
  21: (row, value) => {
    row.protocol = nameOf(RouteProtocol, value.u8() ?? 0);
  },
  22: (row, value) => {
    row.ipProtocol = value.u8();
  },
  23: (row, value) => {
    row.sourcePorts = ports(value);
  },
  24: (row, value) => {
    row.destinationPorts = ports(value);
  },
  25: (row, value) => {
    row.dscp = value.u8();
  },
  26: (row, value) => {
    row.flowLabel = value.be32();
  },
  27: (row, value) => {
    row.flowLabelMask = value.be32();
  },
  28: (row, value) => {
    row.sourcePortMask = value.u16();
  },
  29: (row, value) => {
    row.destinationPortMask = value.u16();
  },
  30: (row, value) => {
    row.dscpMask = value.u8();
  },
};

/** -1 says that nothing is. */
function unlessAll(value: number | undefined): number | undefined {
  return value === 0xffffffff ? undefined : value;
}

/** One row, of a message; none for families that are not told here. */
export function ruleRow(of: KernelBytes, from: number, to: number): RoutingRule | undefined {
  const attributes = attributesBehind("a rule", from, to, HEAD);
  const { bytes, view, littleEndian } = of;
  const family = familyOf(bytes[from]!);
  if (family === undefined) return undefined;
  const flags = view.getUint32(from + 8, littleEndian);
  const row: DraftOf<RoutingRule> = {
    family,
    priority: 0,
    action: nameOf(RuleAction, bytes[from + 7]!),
    table: bytes[from + 4]!,
    isInverted: (flags & RuleFlags.INVERT) !== 0,
    flags,
    goto: undefined,
    source: undefined,
    sourcePrefixLength: bytes[from + 2]!,
    destination: undefined,
    destinationPrefixLength: bytes[from + 1]!,
    tos: bytes[from + 3]!,
    dscp: undefined,
    dscpMask: undefined,
    inInterface: undefined,
    outInterface: undefined,
    mark: undefined,
    markMask: undefined,
    suppressPrefixLength: undefined,
    suppressGroup: undefined,
    tunnelId: undefined,
    isL3mdev: false,
    users: undefined,
    ipProtocol: undefined,
    sourcePorts: undefined,
    destinationPorts: undefined,
    sourcePortMask: undefined,
    destinationPortMask: undefined,
    flowLabel: undefined,
    flowLabelMask: undefined,
    realms: undefined,
    protocol: "UNSPEC",
    unknownAttributes: undefined,
  };
  fill(row, READERS, of, attributes, to);
  return row;
}
