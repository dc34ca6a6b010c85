import { type Counter, nameOf, OperState } from "procnet/parse";
import type { KernelBytes } from "../netlink/bytes.ts";
import { type AttributeReaders, type AttributeValue, type DraftOf, eachIn, fill, untold } from "../netlink/value.ts";
import { attributesBehind } from "./head.ts";
import { linkData } from "./link-data.ts";
import { linkStatistics } from "./link-statistics.ts";
import type { Link, LinkIpv6, LinkMap, LinkXdp } from "./link-types.ts";

/*
 * struct ifinfomsg and IFLA_*, include/uapi/linux/rtnetlink.h and if_link.h; rtnl_fill_ifinfo (net/core/rtnetlink.c).
 *
 *   0 family   2 type (two bytes)   4 index   8 flags   12 what changed
 */

const HEAD = 16;
const AF_INET6 = 10;

/** Counters are read where the form of their numbers is known. */
interface LinkDraft extends DraftOf<Link<Counter>> {
  readonly counter: (value: AttributeValue, at: number) => Counter | undefined;
}

type Readers = AttributeReaders<LinkDraft>;

/** What an interface is called, what it is, and what it belongs to. */
const WHAT: Readers = {
  1: (link, value) => {
    link.hwAddress = value.hwAddress();
  },
  2: (link, value) => {
    link.hwBroadcast = value.hwAddress();
  },
  3: (link, value) => {
    link.name = value.text();
  },
  5: (link, value) => {
    const index = value.u32();
    link.link = index === 0 ? undefined : index;
  },
  10: (link, value) => {
    link.master = value.u32();
  },
  18: linkInfo,
  20: (link, value) => {
    link.alias = value.text();
  },
  27: (link, value) => {
    link.group = value.u32();
  },
  34: (link, value) => {
    link.physicalPortId = value.hex();
  },
  36: (link, value) => {
    link.physicalSwitchId = value.hex();
  },
  37: (link, value) => {
    link.linkNamespace = value.i32();
  },
  38: (link, value) => {
    link.physicalPortName = value.text();
  },
  52: (link, value) => {
    link.altNames = namesOf(value);
  },
  54: (link, value) => {
    link.permanentHwAddress = value.hwAddress();
  },
  56: (link, value) => {
    link.parentDevice = value.text();
  },
  57: (link, value) => {
    link.parentBus = value.text();
  },
  62: (link, value) => {
    link.devlinkPort = devlinkPortOf(value);
  },
  65: (link, value) => {
    link.dpllPin = dpllPinOf(value);
  },
  67: (link, value) => {
    link.isNamespaceImmutable = value.u8();
  },
};

/** How it does. */
const STATE: Readers = {
  16: (link, value) => {
    const code = value.u8();
    link.operState = code === undefined ? undefined : nameOf(OperState, code);
  },
  17: (link, value) => {
    link.linkMode = value.u8();
  },
  23: (link, value) => {
    link.statistics = linkStatistics(value, link.counter);
  },
  26: (link, value) => {
    link.ipv6 = ipv6Of(value);
  },
  30: (link, value) => {
    link.promiscuity = value.u32();
  },
  33: (link, value) => {
    link.carrier = value.u8();
  },
  35: (link, value) => {
    link.carrierChanges = value.u32();
  },
  39: (link, value) => {
    link.protoDown = value.u8();
  },
  43: (link, value) => {
    link.xdp = xdpOf(value);
  },
  47: (link, value) => {
    link.carrierUps = value.u32();
  },
  48: (link, value) => {
    link.carrierDowns = value.u32();
  },
  55: (link, value) => {
    link.protoDownReasons = reasonsOf(value);
  },
  61: (link, value) => {
    link.allMulticast = value.u32();
  },
};

/** How much it takes. */
const SIZES: Readers = {
  4: (link, value) => {
    link.mtu = value.u32();
  },
  6: (link, value) => {
    link.queueDiscipline = value.text();
  },
  13: (link, value) => {
    link.txQueueLength = value.u32();
  },
  14: (link, value) => {
    link.map = mapOf(value);
  },
  31: (link, value) => {
    link.txQueues = value.u32();
  },
  32: (link, value) => {
    link.rxQueues = value.u32();
  },
  40: (link, value) => {
    link.gsoMaxSegments = value.u32();
  },
  41: (link, value) => {
    link.gsoMaxSize = value.u32();
  },
  50: (link, value) => {
    link.minMtu = value.u32();
  },
  51: (link, value) => {
    link.maxMtu = value.u32();
  },
  58: (link, value) => {
    link.groMaxSize = value.u32();
  },
  59: (link, value) => {
    link.tsoMaxSize = value.u32();
  },
  60: (link, value) => {
    link.tsoMaxSegments = value.u32();
  },
  63: (link, value) => {
    link.gsoIpv4MaxSize = value.u32();
  },
  64: (link, value) => {
    link.groIpv4MaxSize = value.u32();
  },
  66: (link, value) => {
    link.maxPacingOffloadHorizon = value.u32();
  },
  68: (link, value) => {
    link.headroom = value.u16();
  },
  69: (link, value) => {
    link.tailroom = value.u16();
  },
};

const READERS: Readers = {
  ...{ ...WHAT, ...STATE, ...SIZES },
  // Filler, and the counters once more in 32 bits.
  0: untold,
  7: untold,
  42: untold,
};

/** One row, of a message. */
export function linkRow<Value extends Counter>(
  of: KernelBytes,
  from: number,
  to: number,
  counter: (value: AttributeValue, at: number) => Value | undefined,
): Link<Value> {
  const attributes = attributesBehind("an interface", from, to, HEAD);
  const { view, littleEndian } = of;
  const draft: LinkDraft = {
    ...NOTHING,
    index: view.getUint32(from + 4, littleEndian),
    flags: view.getUint32(from + 8, littleEndian),
    hwType: view.getUint16(from + 2, littleEndian),
    counter,
  };
  fill(draft, READERS, of, attributes, to);
  const { counter: _, ...link } = draft;
  // Its counters were made by this function's own reader.
  return link as Link<Value>;
}

const NOTHING: Omit<LinkDraft, "index" | "flags" | "hwType" | "counter"> = {
  name: "",
  altNames: [],
  alias: undefined,
  hwAddress: undefined,
  hwBroadcast: undefined,
  permanentHwAddress: undefined,
  mtu: undefined,
  minMtu: undefined,
  maxMtu: undefined,
  operState: undefined,
  linkMode: undefined,
  carrier: undefined,
  carrierChanges: undefined,
  carrierUps: undefined,
  carrierDowns: undefined,
  kind: undefined,
  data: undefined,
  slaveKind: undefined,
  slaveData: undefined,
  master: undefined,
  link: undefined,
  linkNamespace: undefined,
  group: undefined,
  queueDiscipline: undefined,
  txQueueLength: undefined,
  txQueues: undefined,
  rxQueues: undefined,
  promiscuity: undefined,
  allMulticast: undefined,
  gsoMaxSize: undefined,
  gsoMaxSegments: undefined,
  groMaxSize: undefined,
  tsoMaxSize: undefined,
  tsoMaxSegments: undefined,
  gsoIpv4MaxSize: undefined,
  groIpv4MaxSize: undefined,
  headroom: undefined,
  tailroom: undefined,
  maxPacingOffloadHorizon: undefined,
  isNamespaceImmutable: undefined,
  protoDown: undefined,
  protoDownReasons: undefined,
  physicalPortId: undefined,
  physicalPortName: undefined,
  physicalSwitchId: undefined,
  parentDevice: undefined,
  parentBus: undefined,
  devlinkPort: undefined,
  dpllPin: undefined,
  xdp: undefined,
  map: undefined,
  ipv6: undefined,
  statistics: undefined,
  unknownAttributes: undefined,
};

/** IFLA_INFO_*: the kernel tells the kind before what is of that kind. */
function linkInfo(link: LinkDraft, info: AttributeValue): void {
  eachIn(info, (type, value) => {
    if (type === 1) link.kind = value.text();
    else if (type === 2) link.data = linkData(link.kind, false, value);
    else if (type === 4) link.slaveKind = value.text();
    else if (type === 5) link.slaveData = linkData(link.slaveKind, true, value);
  });
}

/** IFLA_PROP_LIST: of what may be in it there is IFLA_ALT_IFNAME only. */
function namesOf(list: AttributeValue): string[] {
  const names: string[] = [];
  eachIn(list, (type, value) => {
    if (type === 53) names.push(value.text());
  });
  return names;
}

/** DEVLINK_ATTR_*: bus, device, index; nothing is in it where there is no port. */
function devlinkPortOf(port: AttributeValue): string | undefined {
  const parts: (string | number | undefined)[] = [];
  eachIn(port, (type, value) => {
    if (type === 1 || type === 2) parts[type - 1] = value.text();
    else if (type === 3) parts[2] = value.u32();
  });
  return parts.length === 0 ? undefined : Array.from(parts, (part) => part ?? "").join("/");
}

/** DPLL_A_PIN_ID; nothing is in it where there is no pin. */
function dpllPinOf(pin: AttributeValue): number | undefined {
  let id: number | undefined;
  eachIn(pin, (type, value) => {
    if (type === 1) id = value.u32();
  });
  return id;
}

/** IFLA_XDP_*; `undefined` where there is no program. */
function xdpOf(xdp: AttributeValue): LinkXdp | undefined {
  let attached = 0;
  let programId: number | undefined;
  eachIn(xdp, (type, value) => {
    if (type === 2) attached = value.u8() ?? 0;
    else if (type === 4) programId = value.u32();
  });
  return attached === 0 ? undefined : { attached, programId };
}

/** IFLA_PROTO_DOWN_REASON_*. */
function reasonsOf(reasons: AttributeValue): number | undefined {
  let bits: number | undefined;
  eachIn(reasons, (type, value) => {
    if (type === 2) bits = value.u32();
  });
  return bits;
}

/** IFLA_AF_SPEC: of IPv4 it holds settings only, which are files of /proc/sys, of IPv6 those and counters, which are files of procfs. */
function ipv6Of(families: AttributeValue): LinkIpv6 | undefined {
  let ipv6: DraftOf<LinkIpv6> | undefined;
  eachIn(families, (family, inside) => {
    if (family !== AF_INET6) return;
    const draft: DraftOf<LinkIpv6> = {
      flags: undefined,
      addressGenerationMode: undefined,
      token: undefined,
      routerMtu: undefined,
    };
    eachIn(inside, (type, value) => {
      if (type === 1) draft.flags = value.u32();
      else if (type === 7) draft.token = value.ip();
      else if (type === 8) draft.addressGenerationMode = value.u8();
      else if (type === 9) draft.routerMtu = value.u32();
    });
    ipv6 = { ...draft, token: draft.token === "::" ? undefined : draft.token };
  });
  return ipv6;
}

/** `struct rtnl_link_ifmap`; `undefined` where all of it is 0. */
function mapOf(value: AttributeValue): LinkMap | undefined {
  if (value.length < 28) return undefined;
  const { bytes } = value.of;
  const map: LinkMap = {
    memStart: value.u64()!,
    memEnd: value.u64(8)!,
    baseAddress: value.u64(16)!,
    irq: value.u16(24)!,
    dma: bytes[value.from + 26]!,
    port: bytes[value.from + 27]!,
  };
  return Object.values(map).every((one) => one === 0) ? undefined : map;
}
