import type { Netstat } from "../files/counters/netstat.ts";
import type { Snmp } from "../files/counters/snmp.ts";
import type { Snmp6 } from "../files/counters/snmp6.ts";
import type { Sockstat, Sockstat6 } from "../files/counters/sockstat.ts";
import type { SoftnetStat } from "../files/counters/softnet-stat.ts";
import type { StatArpCache } from "../files/counters/stat-arp-cache.ts";
import type { StatNfConntrack } from "../files/counters/stat-nf-conntrack.ts";
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
  readonly snmp?: Snmp | undefined;
  readonly snmp6?: Snmp6 | undefined;
  readonly netstat?: Netstat | undefined;
  readonly sockstat?: Sockstat | undefined;
  readonly sockstat6?: Sockstat6 | undefined;
  readonly softnet?: readonly SoftnetStat[] | undefined;
  readonly arpCache?: readonly StatArpCache[] | undefined;
  readonly ndiscCache?: readonly StatArpCache[] | undefined;
  readonly conntrack?: readonly StatNfConntrack[] | undefined;
  readonly xfrm?: XfrmStat | undefined;
  readonly tls?: TlsStat | undefined;
  readonly devices?: readonly DeviceSample[] | undefined;
  readonly bonds?: readonly BondSample[] | undefined;
  /** What sockets were looked at; absent where only counters were read. */
  readonly sockets?: SocketDigest | undefined;
  /** Processes that hold sockets, with their descriptors; absent where nobody looked. */
  readonly processes?: readonly ProcessSample[] | undefined;
  readonly missing: readonly Missing[];
}

/** A file, or something else, that was not read. */
export interface Missing {
  /** `snmp`, `stat/nf_conntrack`, `sockets`, `sysfs`. */
  readonly what: string;
  /** `ENOENT`, `EACCES`, ... */
  readonly code: string;
  readonly message: string;
}

/** An interface, with what sysfs tells of it where it can be read. */
export interface DeviceSample {
  readonly name: string;
  /** Number that no other interface of the namespace gets: with it, counters are told from those of one of the same name. */
  readonly index: number | undefined;
  readonly status: DeviceStatus;
  /** Bits a second; absent where the link is down or virtual. */
  readonly speed: number | undefined;
  /** Times the carrier came or went. */
  readonly carrierChanges: number | undefined;
  /** Packets for which the device had no room: `/proc/net/dev` counts them as dropped. */
  readonly recvMissed: number | undefined;
  readonly isWireless: boolean | undefined;
}

/** A bonding device: how many of its links are up. */
export interface BondSample {
  readonly name: string;
  readonly slaves: readonly { readonly name: string; readonly isUp: boolean }[];
}

/** A process that holds sockets. */
export interface ProcessSample {
  readonly pid: number;
  readonly startTime: number;
  readonly program: string;
  /** Descriptors that are open; absent where the kernel does not count them (before 6.2) or refuses. */
  readonly descriptors: number | undefined;
  /** Most that it may open: the soft limit. `Infinity` without one. */
  readonly limit: number | undefined;
}
