import type { Located } from "../read/place.ts";
import type { Interface } from "./interfaces.ts";

/**
 * Somebody else than procfs who knows of interfaces: `createKernelSource()` of `@procnet/kernel` gives one, which asks the kernel by
 * rtnetlink, in other network namespaces too.
 */
export interface InterfaceSource {
  /** What it is called. */
  readonly name: "kernel";
  /** The interfaces of a namespace; `undefined` where procfs is to be asked, and `note` is told why. */
  interfaces(of: NetworkPlace, note: (why: string) => void): Promise<Interface[] | undefined>;
}

/** One who knows of routes, too. */
export interface NetworkSource extends InterfaceSource {
  /** The routes of a namespace in all tables, each way of several a row; `undefined` where it cannot tell, and `note` is told why. */
  routes(of: NetworkPlace, note: (why: string) => void): Promise<RouteWay[] | undefined>;
}

/** A route, or one way of a route that has several. */
export interface RouteWay {
  /** IP version of the destination. */
  readonly family: "IPv4" | "IPv6";
  /** Number of the table: see `RouteTableId`. */
  readonly table: number;
  /** By the kernel's name: see `RouteType`. */
  readonly type: string;
  /** Who made it: see `RouteProtocol`. */
  readonly protocol: string;
  /** Address of the network. */
  readonly destination: string;
  /** Length of its prefix, bits; 0 for everywhere. */
  readonly prefixLength: number;
  /** Address of the gateway; absent when there is none. */
  readonly gateway: string | undefined;
  /** Interface; absent when the route has none. */
  readonly iface: string | undefined;
  /** Priority: the lowest wins. */
  readonly metric: number;
  /** Address that packets leave with where the program chose none. */
  readonly preferredSource: string | undefined;
  /** Share of this way; absent where the route has one. */
  readonly weight: number | undefined;
}

/** A network namespace, as whoever does not read procfs finds it. */
export interface NetworkPlace {
  /** Where the procfs is that process ids are of: `/proc`. */
  readonly root: string;
  /** The process through which it is reached; `undefined` for the reader's own. */
  readonly pid: number | undefined;
}

/**
 * The namespace whose network files these are, as whoever does not read them finds it.
 *
 * @example
 * ```ts
 * import { networkPlace, ProcFs } from "procnet";
 * console.log(networkPlace(new ProcFs().process(1))); // { root: "/proc", pid: 1 }
 * ```
 */
export function networkPlace({ place }: Located): NetworkPlace {
  const { context, processDirectory } = place;
  const name = processDirectory?.slice(processDirectory.lastIndexOf("/") + 1);
  return { root: context.root, pid: name === undefined ? undefined : Number(name) };
}
