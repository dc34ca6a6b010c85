import type { ArpEntry } from "procnet";

/** A route of either family. */
export interface Route {
  readonly family: "IPv4" | "IPv6";
  /** `default`, or network and length of its prefix. */
  readonly destination: string;
  /** Network that packets must come from; absent where any may. */
  readonly source?: string;
  readonly gateway: string | undefined;
  readonly iface: string | undefined;
  readonly metric: number;
  readonly flags: readonly string[];
  /** What a router says of itself (RFC 4191); absent for the usual. */
  readonly preference?: string;
  /** What follows is told by the kernel alone. Table: `main`, `local`, `default`, or a number. */
  readonly table?: string;
  /** `UNICAST`, `LOCAL`, `BLACKHOLE`, ... */
  readonly type?: string;
  /** Who made it. */
  readonly protocol?: string;
  /** How far the destination is. */
  readonly scope?: string;
  /** Address that packets leave with where the program chose none. */
  readonly preferredSource?: string;
  /** Share of this way among several. */
  readonly weight?: number;
  /** Seconds until it ends. */
  readonly expires?: number;
  readonly mtu?: number;
  /** What packets are put into. */
  readonly encapsulation?: string;
}

/** A neighbour, with what the kernel alone tells of it. */
export interface ShownNeighbour extends ArpEntry {
  readonly family?: "IPv4" | "IPv6";
  /** `REACHABLE`, `STALE`, ...; absent in entries of the proxy. */
  readonly state?: string;
  /** Of IPv6: whether it forwards. */
  readonly isRouter?: boolean;
  /** Whether this machine answers in its place. */
  readonly isProxy?: boolean;
  /** Seconds since it was used. */
  readonly usedAgo?: number;
  /** Seconds since it was known to answer. */
  readonly confirmedAgo?: number;
  /** Seconds since the entry changed. */
  readonly updatedAgo?: number;
  /** How often it was asked for without an answer. */
  readonly probes?: number;
}
