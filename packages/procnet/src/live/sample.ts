import type { Netstat } from "../files/counters/netstat.ts";
import type { Snmp } from "../files/counters/snmp.ts";
import type { Snmp6 } from "../files/counters/snmp6.ts";
import type { Sockstat, Sockstat6 } from "../files/counters/sockstat.ts";
import type { SoftnetStat } from "../files/counters/softnet-stat.ts";
import type { StatArpCache } from "../files/counters/stat-arp-cache.ts";
import type { StatNfConntrack } from "../files/counters/stat-nf-conntrack.ts";
import type { StatNfFlowtable } from "../files/counters/stat-nf-flowtable.ts";
import type { StatRtCache } from "../files/counters/stat-rt-cache.ts";
import type { StatSynproxy } from "../files/counters/stat-synproxy.ts";
import type { TlsStat } from "../files/counters/tls-stat.ts";
import type { XfrmStat } from "../files/counters/xfrm-stat.ts";
import type { DeviceStatus } from "../files/devices/dev.ts";
import type { SocketDigest } from "./digest.ts";

/**
 * What was seen of one network namespace, and of the machine, at one time. Two of them tell what happens: see `evaluateHealth` and
 * `ratesBetween`. What could not be read is absent, and `missing` says why.
 */
export interface Sample {
  /** Milliseconds of a clock that never goes back; only differences mean something. Of captures, those of `takenAt`. */
  readonly at: number;
  /** When it was taken, by the clock of the machine. */
  readonly takenAt: Date;
  /** Seconds since boot: less than before, and the machine was booted between. */
  readonly uptime: number | undefined;
  /** Number of the network namespace; absent where the kernel does not tell. */
  readonly namespace: number | undefined;
  /** Counters of IPv4, TCP and UDP. */
  readonly snmp?: Snmp | undefined;
  /** Counters of IPv6. */
  readonly snmp6?: Snmp6 | undefined;
  /** Counters of TCP and IP beyond the standard ones. */
  readonly netstat?: Netstat | undefined;
  /** Numbers of sockets, of now. */
  readonly sockstat?: Sockstat | undefined;
  /** The same of IPv6. */
  readonly sockstat6?: Sockstat6 | undefined;
  /** Received packets, a row for each CPU: the whole machine. */
  readonly softnet?: readonly SoftnetStat[] | undefined;
  /** Neighbours of IPv4: the whole machine, in its first network namespace only. */
  readonly arpCache?: readonly StatArpCache[] | undefined;
  /** Neighbours of IPv6, likewise. */
  readonly ndiscCache?: readonly StatArpCache[] | undefined;
  /** Tracked connections, a row for each CPU. */
  readonly conntrack?: readonly StatNfConntrack[] | undefined;
  /** Routes looked up, a row for each CPU: the whole machine. */
  readonly rtCache?: readonly StatRtCache[] | undefined;
  /** Handshakes answered in place of servers, a row for each CPU. */
  readonly synproxy?: readonly StatSynproxy[] | undefined;
  /** Flows that wait to be handed to a device, a row for each CPU. */
  readonly flowtable?: readonly StatNfFlowtable[] | undefined;
  /** Counters of IPsec. */
  readonly xfrm?: XfrmStat | undefined;
  /** Counters of TLS in the kernel. */
  readonly tls?: TlsStat | undefined;
  /** Interfaces with their counters. */
  readonly devices?: readonly DeviceSample[] | undefined;
  /** Bonds; absent without the driver. */
  readonly bonds?: readonly BondSample[] | undefined;
  /** What sockets were looked at; absent where only counters were read. */
  readonly sockets?: SocketDigest | undefined;
  /** Processes that hold sockets, with their descriptors; absent where nobody looked. */
  readonly processes?: readonly ProcessSample[] | undefined;
  /** What was not read, and why. */
  readonly missing: readonly Missing[];
}

/** A file, or something else, that was not read. */
export interface Missing {
  /** `snmp`, `stat/nf_conntrack`, `sockets`, `sysfs`. */
  readonly what: string;
  /** `ENOENT`, `EACCES`, ... */
  readonly code: string;
  /** One sentence for people. */
  readonly message: string;
}

/** An interface, with what sysfs tells of it where it can be read. */
export interface DeviceSample {
  /** Its name. */
  readonly name: string;
  /** Number that no other interface of the namespace gets: with it, counters are told from those of one of the same name. */
  readonly index: number | undefined;
  /** Its counters. */
  readonly status: DeviceStatus;
  /** Bits a second; absent where the link is down or virtual. */
  readonly speed: number | undefined;
  /** Times the carrier came or went. */
  readonly carrierChanges: number | undefined;
  /** Packets for which the device had no room: `/proc/net/dev` counts them as dropped. */
  readonly recvMissed: number | undefined;
  /** Whether it is a radio; absent where sysfs does not tell. */
  readonly isWireless: boolean | undefined;
}

/** A bonding device: how many of its links are up. */
export interface BondSample {
  /** Name of the bond. */
  readonly name: string;
  /** Its interfaces, and whether each has a link. */
  readonly slaves: readonly { readonly name: string; readonly isUp: boolean }[];
}

/** A process that holds sockets. */
export interface ProcessSample {
  /** Its number. */
  readonly pid: number;
  /** When it began, clock ticks since boot. */
  readonly startTime: number;
  /** The name by which a person knows it. */
  readonly program: string;
  /** Descriptors that are open; absent where the kernel does not count them (before 6.2) or refuses. */
  readonly descriptors: number | undefined;
  /** Most that it may open: the soft limit. `Infinity` without one. */
  readonly limit: number | undefined;
}
