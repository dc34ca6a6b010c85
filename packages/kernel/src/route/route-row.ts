import { nameOf, RouteEncapsulation, RouteProtocol, RouterPreference, RouteScope, RouteType } from "procnet/parse";
import type { KernelBytes } from "../netlink/bytes.ts";
import {
  type AttributeReaders,
  type AttributeValue,
  type DraftOf,
  fill,
  type UnknownAttributes,
  untold,
} from "../netlink/value.ts";
import { familyOf } from "./constants.ts";
import { attributesBehind } from "./head.ts";
import type { Encapsulation, IpRoute, NextHop, RouteCacheInfo, RouteMetrics } from "./route-types.ts";

/*
 * struct rtmsg, rtnexthop and RTA_*, include/uapi/linux/rtnetlink.h; fib_dump_info (net/ipv4/fib_semantics.c), rt6_fill_node
 * (net/ipv6/route.c).
 *
 *   0 family   1 length of the destination's prefix   2 of the source's   3 TOS   4 table   5 protocol   6 scope   7 type   8 flags
 */

const HEAD = 12;

/** The low byte of the flags is that of the one next hop. */
const HOP_FLAGS = 0xff;

/** Clock ticks of the user's in a second. */
const TICKS = 100;

/** What a way is made of: of the route itself where it has one only. */
interface HopDraft extends DraftOf<NextHop> {
  encapsulationType: number;
  encapsulationData: string | undefined;
}

interface RouteDraft extends DraftOf<IpRoute> {
  hop: HopDraft;
}

function hopDraft(ifIndex: number, weight: number, flags: number): HopDraft {
  return {
    gateway: undefined,
    ifIndex,
    weight,
    flags,
    encapsulation: undefined,
    realm: undefined,
    unknownAttributes: undefined,
    encapsulationType: 0,
    encapsulationData: undefined,
  };
}

const HOP_READERS: AttributeReaders<HopDraft> = {
  0: untold,
  4: (hop, value) => {
    hop.ifIndex = value.u32() ?? 0;
  },
  5: (hop, value) => {
    hop.gateway = value.ip();
  },
  11: (hop, value) => {
    hop.realm = value.u32();
  },
  // An address of the other family: its number and the bytes.
  18: (hop, value) => {
    hop.gateway = value.ip(2);
  },
  21: (hop, value) => {
    hop.encapsulationType = value.u16() ?? 0;
  },
  22: (hop, value) => {
    hop.encapsulationData = value.hex();
  },
};

const ROUTE_READERS: AttributeReaders<RouteDraft> = {
  0: untold,
  1: (row, value) => {
    row.destination = value.ip() ?? row.destination;
  },
  2: (row, value) => {
    row.source = value.ip();
  },
  6: (row, value) => {
    row.metric = value.u32() ?? 0;
  },
  7: (row, value) => {
    row.preferredSource = value.ip();
  },
  8: (row, value) => {
    row.metrics = metricsOf(value);
  },
  9: (row, value) => {
    row.nextHops = hopsOf(value);
  },
  12: (row, value) => {
    row.cacheInfo = cacheInfoOf(value);
  },
  15: (row, value) => {
    row.table = value.u32() ?? row.table;
  },
  20: (row, value) => {
    row.preference = RouterPreference[(value.u8() ?? 0) & 3];
  },
  23: (row, value) => {
    row.expires = value.u32();
  },
  24: untold,
  26: (row, value) => {
    row.ttlPropagate = value.u8();
  },
  30: (row, value) => {
    row.nextHopId = value.u32();
  },
};

/** What tells of the one way among the attributes of a route. */
const READERS: AttributeReaders<RouteDraft> = { ...ofHop(), ...ROUTE_READERS };

function ofHop(): AttributeReaders<RouteDraft> {
  const readers: Record<number, (row: RouteDraft, value: AttributeValue) => void> = {};
  for (const [type, read] of Object.entries(HOP_READERS)) readers[Number(type)] = ({ hop }, value) => read(hop, value);
  return readers;
}

/** One row, of a message; none for families that are not told here. */
export function routeRow(of: KernelBytes, from: number, to: number): IpRoute | undefined {
  const attributes = attributesBehind("a route", from, to, HEAD);
  const { bytes, view, littleEndian } = of;
  const family = familyOf(bytes[from]!);
  if (family === undefined) return undefined;
  const flags = view.getUint32(from + 8, littleEndian);
  const draft: RouteDraft = {
    family,
    table: bytes[from + 4]!,
    type: nameOf(RouteType, bytes[from + 7]!),
    protocol: nameOf(RouteProtocol, bytes[from + 5]!),
    scope: nameOf(RouteScope, bytes[from + 6]!),
    destination: family === "IPv4" ? "0.0.0.0" : "::",
    prefixLength: bytes[from + 1]!,
    source: undefined,
    sourcePrefixLength: bytes[from + 2]!,
    tos: bytes[from + 3]!,
    nextHops: [],
    nextHopId: undefined,
    metric: 0,
    preferredSource: undefined,
    flags,
    metrics: undefined,
    preference: undefined,
    cacheInfo: undefined,
    expires: undefined,
    ttlPropagate: undefined,
    unknownAttributes: undefined,
    hop: hopDraft(0, 1, flags & HOP_FLAGS),
  };
  fill(draft, READERS, of, attributes, to);
  return routeOf(draft);
}

function routeOf({ hop, ...row }: RouteDraft): IpRoute {
  const isOne = row.nextHops.length === 0 && (hop.ifIndex !== 0 || hop.gateway !== undefined);
  const left = row.cacheInfo?.expires ?? 0;
  return {
    ...row,
    nextHops: isOne ? [hopOf(hop)] : row.nextHops,
    expires: row.expires ?? (left > 0 ? left / TICKS : undefined),
  };
}

function hopOf({ encapsulationType, encapsulationData, ...hop }: HopDraft): NextHop {
  if (encapsulationType === 0) return hop;
  const encapsulation: Encapsulation = {
    type: nameOf(RouteEncapsulation, encapsulationType),
    data: encapsulationData ?? "",
  };
  return { ...hop, encapsulation };
}

/** `struct rtnexthop`: its length, flags, weight less one, interface; attributes. One that is too long or too short ends them. */
function hopsOf({ of, from, to }: AttributeValue): NextHop[] {
  const { bytes, view, littleEndian } = of;
  const hops: NextHop[] = [];
  let at = from;
  while (at + 8 <= to) {
    const length = view.getUint16(at, littleEndian);
    if (length < 8 || at + length > to) break;
    const hop = hopDraft(view.getUint32(at + 4, littleEndian), bytes[at + 3]! + 1, bytes[at + 2]!);
    fill(hop, HOP_READERS, of, at + 8, at + length);
    hops.push(hopOf(hop));
    at += (length + 3) & ~3;
  }
  return hops;
}

type MetricsDraft = Omit<DraftOf<RouteMetrics>, "unknownAttributes"> & UnknownAttributes;

const METRIC_NAMES = [
  ...([undefined, "lock", "mtu", "window", "rtt", "rttvar", "ssthresh", "cwnd", "advmss"] as const),
  ...(["reordering", "hoplimit", "initcwnd", "features", "rto_min", "initrwnd", "quickack"] as const),
  ...([undefined, "fastopen_no_cookie"] as const),
];

const METRIC_READERS: AttributeReaders<MetricsDraft> = {
  0: untold,
  16: (metrics, value) => {
    metrics.cc_algo = value.text();
  },
  ...Object.fromEntries(
    METRIC_NAMES.flatMap((name, type) => {
      if (name === undefined) return [];
      const read = (metrics: MetricsDraft, value: AttributeValue): void => {
        const number = value.u32();
        if (number !== undefined) metrics[name] = number;
      };
      return [[type, read] as const];
    }),
  ),
};

function metricsOf(value: AttributeValue): RouteMetrics {
  const draft: MetricsDraft = { unknownAttributes: undefined };
  fill(draft, METRIC_READERS, value.of, value.from, value.to);
  const { unknownAttributes, ...metrics } = draft;
  return unknownAttributes === undefined ? metrics : { ...metrics, unknownAttributes };
}

function cacheInfoOf(value: AttributeValue): RouteCacheInfo | undefined {
  if (value.length < 20) return undefined;
  return {
    clntref: value.u32()!,
    lastuse: value.u32(4)!,
    expires: value.i32(8)!,
    error: value.u32(12)!,
    used: value.u32(16)!,
  };
}
