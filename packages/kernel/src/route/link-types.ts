import type { LinkStatistics } from "procnet";
import type { Counter, OperState } from "procnet/parse";
import type { UnknownAttributes } from "../netlink/value.ts";
import type { LinkData } from "./link-data.ts";

/** A program of XDP on an interface. */
export interface LinkXdp {
  /** 0 none, 1 by the driver, 2 by the kernel, 3 by the device, 4 several. */
  readonly attached: number;
  /** Number of the program; absent where there are several. */
  readonly programId: number | undefined;
}

/** Where a device lies: `struct rtnl_link_ifmap`. */
export interface LinkMap {
  readonly memStart: number;
  readonly memEnd: number;
  readonly baseAddress: number;
  readonly irq: number;
  readonly dma: number;
  readonly port: number;
}

/** What IPv6 keeps of an interface. */
export interface LinkIpv6 {
  /** `IF_RA_*`, `IF_READY` of include/net/if_inet6.h. */
  readonly flags: number | undefined;
  /** How it makes addresses: 0 of the hardware address, 1 none, 2 stable and private, 3 at random. */
  readonly addressGenerationMode: number | undefined;
  /** Lower half of addresses that were given; absent where none was. */
  readonly token: string | undefined;
  /** MTU of a router's advertisement; 0 for none. */
  readonly routerMtu: number | undefined;
}

/** An interface, as `ip link` lists it. */
export interface Link<Value extends Counter = number> extends Readonly<UnknownAttributes> {
  /** Index of the interface. */
  readonly index: number;
  /** Its name. */
  readonly name: string;
  /** Other names. */
  readonly altNames: readonly string[];
  /** What somebody wrote of it; absent where nobody did. */
  readonly alias: string | undefined;
  /** Bits of `InterfaceFlags`, with `RUNNING` and `LOWER_UP`, which sysfs leaves out. */
  readonly flags: number;
  /** See `ARPHardware`. */
  readonly hwType: number;
  /** Hardware address, lower-case hexadecimal with colons; of tunnels the bytes of an address of IP. Absent where there is none. */
  readonly hwAddress: string | undefined;
  /** Hardware address of all others; of tunnels the other end. */
  readonly hwBroadcast: string | undefined;
  /** Hardware address that was built in; absent where there is none. */
  readonly permanentHwAddress: string | undefined;
  /** Largest packet, bytes. */
  readonly mtu: number | undefined;
  readonly minMtu: number | undefined;
  readonly maxMtu: number | undefined;
  /** State of RFC 2863. */
  readonly operState: OperState | undefined;
  /** 0 the usual, 1 may say that it is dormant, 2 under test. */
  readonly linkMode: number | undefined;
  /** Whether there is a cable: 1 or 0. */
  readonly carrier: number | undefined;
  /** How often that changed. */
  readonly carrierChanges: number | undefined;
  readonly carrierUps: number | undefined;
  readonly carrierDowns: number | undefined;
  /** Kind of a virtual interface: `bridge`, `veth`, `vlan`; absent of a device. */
  readonly kind: string | undefined;
  /** What it tells of itself as one of its kind; absent where nothing. */
  readonly data: LinkData | undefined;
  /** Kind of its master, for which it is a part: `bridge`, `bond`, `vrf`. */
  readonly slaveKind: string | undefined;
  /** What it tells of itself as such a part. */
  readonly slaveData: LinkData | undefined;
  /** Index of its master: the bridge, bond or VRF that it is part of. Absent where there is none. */
  readonly master: number | undefined;
  /** Index of the interface below, or of the other end of a veth; absent where there is none. In another namespace with `linkNamespace`. */
  readonly link: number | undefined;
  /** Number by which this namespace knows the namespace of `link` (`ip netns list-id`); absent where it is the same. -1 for one without. */
  readonly linkNamespace: number | undefined;
  /** Number of a group of interfaces. */
  readonly group: number | undefined;
  /** How packets that are to leave are kept. */
  readonly queueDiscipline: string | undefined;
  /** Most packets that wait to leave. */
  readonly txQueueLength: number | undefined;
  readonly txQueues: number | undefined;
  readonly rxQueues: number | undefined;
  /** How many want all packets: above 0 it takes those for others too. */
  readonly promiscuity: number | undefined;
  /** How many want all packets for groups; since Linux 6.0. */
  readonly allMulticast: number | undefined;
  readonly gsoMaxSize: number | undefined;
  readonly gsoMaxSegments: number | undefined;
  readonly groMaxSize: number | undefined;
  readonly tsoMaxSize: number | undefined;
  readonly tsoMaxSegments: number | undefined;
  /** The same for IPv4 alone; since Linux 6.3. */
  readonly gsoIpv4MaxSize: number | undefined;
  readonly groIpv4MaxSize: number | undefined;
  /** Room before and behind a packet that the device asks for, since Linux 6.18. */
  readonly headroom: number | undefined;
  readonly tailroom: number | undefined;
  /** How long the device can hold a packet back, nanoseconds. Since Linux 6.13. */
  readonly maxPacingOffloadHorizon: number | undefined;
  /** Whether it stays in its namespace: 1 or 0. Since Linux 6.15. */
  readonly isNamespaceImmutable: number | undefined;
  /** Whether a protocol holds it down: 1 or 0. */
  readonly protoDown: number | undefined;
  /** Why, as bits. */
  readonly protoDownReasons: number | undefined;
  readonly physicalPortId: string | undefined;
  readonly physicalPortName: string | undefined;
  readonly physicalSwitchId: string | undefined;
  /** Device and bus that it belongs to: `0000:00:03.0` and `pci`, say. */
  readonly parentDevice: string | undefined;
  readonly parentBus: string | undefined;
  /** Port of its device as devlink(8) calls it: `pci/0000:00:03.0/1`. Since Linux 6.2. */
  readonly devlinkPort: string | undefined;
  /** Number of the pin that its clock comes by, since Linux 6.7. */
  readonly dpllPin: number | undefined;
  readonly xdp: LinkXdp | undefined;
  readonly map: LinkMap | undefined;
  readonly ipv6: LinkIpv6 | undefined;
  /** Counters; absent where they are not asked for. */
  readonly statistics: LinkStatistics<Value> | undefined;
}
