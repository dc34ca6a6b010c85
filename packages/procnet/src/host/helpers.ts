import { checkOptions, optionNames } from "../check-options.ts";
import { wrongValue } from "../option-values.ts";
import { type Located, ownPlace } from "../read/place.ts";
import { type DefaultRoute, defaultRoutesOf } from "./default-routes.ts";
import { type InterfaceSource, networkPlace } from "./interface-source.ts";
import { type Interface, interfacesOf, type LanAddress, lanAddressOf } from "./interfaces.ts";

/** Which namespace a helper looks at. */
export interface NetOptions {
  /** Whose namespace: a `Net`, `ProcFs` or `Process`; this process's own by default. */
  readonly net?: Located;
}

/** Options of {@link interfaces}. */
export interface InterfacesOptions extends NetOptions {
  /**
   * Root of the sysfs that shows the same namespace, or false for none. By default the machine's where `net` is this
   * process's own, else none: a sysfs shows the namespace of whoever mounted it.
   */
  readonly sysfs?: string | false;
}

/** Options of {@link interfacesAsync}. */
export interface InterfacesAsyncOptions extends InterfacesOptions {
  /** Who is asked before procfs: `createKernelSource()` of `@procnet/kernel`. */
  readonly source?: InterfaceSource;
  /** Is told why procfs was read all the same. */
  readonly onNote?: (note: string) => void;
}

/** Options of {@link lanAddress}. */
export interface LanAddressOptions extends NetOptions {
  /** Only an address of this family; by default of the one whose default route comes first. */
  readonly family?: "IPv4" | "IPv6";
}

const NET = optionNames<NetOptions>({ net: true });
const INTERFACES = optionNames<InterfacesOptions>({ net: true, sysfs: true });
const INTERFACES_ASYNC = optionNames<InterfacesAsyncOptions>({ net: true, sysfs: true, source: true, onNote: true });
const LAN_ADDRESS = optionNames<LanAddressOptions>({ net: true, family: true });

/** Whose namespace the options of `what` name; this process's own where they name none. */
function netOf(what: string, options: NetOptions, known: readonly string[]): Located {
  checkOptions(what, options, known);
  const { net = { place: ownPlace() } } = options;
  // Told by its form: it may be of another copy of this package.
  if (typeof (net as Partial<Located> | null)?.place?.directory === "string") return net;
  throw wrongValue(`${what}: net`, "a Net, ProcFs or Process, as new ProcFs().process(pid)", net);
}

/**
 * Routes to everywhere that can be used, those of IPv4 first, each family by metric: the first is the one taken. Rejecting
 * routes, which IPv6 always has, are left out, and so are those for packets of one network only (`default from` of ip).
 *
 * @throws `ProcfsError`: `ERR_INVALID_ARG` for a wrong option, and as `net.route()` does
 * @example
 * ```ts
 * import { defaultRoutes } from "procnet";
 * const [first] = defaultRoutes();
 * console.log(first?.gateway, first?.iface);
 * ```
 */
export function defaultRoutes(options: NetOptions = {}): DefaultRoute[] {
  return defaultRoutesOf(netOf("defaultRoutes", options, NET));
}

/**
 * The address under which others on the network reach this machine: an address of the interface that the default route
 * takes. `undefined` without a default route.
 *
 * @throws `ProcfsError`: `ERR_INVALID_ARG` for a wrong option, and as `net.route()` does
 * @example
 * ```ts
 * import { lanAddress } from "procnet";
 * console.log(lanAddress()?.address ?? "no network");
 * ```
 */
export function lanAddress(options: LanAddressOptions = {}): LanAddress | undefined {
  const net = netOf("lanAddress", options, LAN_ADDRESS);
  const { family } = options;
  if (family !== undefined && family !== "IPv4" && family !== "IPv6") {
    throw wrongValue("lanAddress: family", '"IPv4" or "IPv6"', family);
  }
  return lanAddressOf(net, family);
}

/**
 * The interfaces: counters from `dev`, IPv6 addresses from `if_inet6`, IPv4 addresses from `fib_trie` and `route`, and
 * where there is a sysfs flags, MTU, hardware address and operational state.
 *
 * procfs does not say which interface an IPv4 address belongs to: it is taken to be the one whose network holds it. An
 * address without a network is left out.
 *
 * @throws `ProcfsError`: `ERR_INVALID_ARG` for a wrong option, and as `net.devStatus()` does
 * @example
 * ```ts
 * import { interfaces } from "procnet";
 * for (const { name, mtu, addresses } of interfaces()) console.log(name, mtu, addresses.map(({ address }) => address));
 * ```
 */
export function interfaces(options: InterfacesOptions = {}): Interface[] {
  const net = netOf("interfaces", options, INTERFACES);
  return interfacesOf(net, sysfsOf("interfaces", options));
}

function sysfsOf(what: string, options: InterfacesOptions): string | false | undefined {
  const { sysfs = options.net === undefined ? undefined : false } = options;
  if (sysfs !== undefined && sysfs !== false && typeof sysfs !== "string") {
    throw wrongValue(`${what}: sysfs`, "a path or false", sysfs);
  }
  return sysfs;
}

/**
 * The same, asked of a source: every address of IPv4 with its own interface, peer and broadcast, and kinds, masters and counters one by
 * one, in any namespace, without sysfs. Where the source cannot tell, and without one, it is what {@link interfaces} gives.
 *
 * @throws `ProcfsError`: `ERR_INVALID_ARG` for a wrong option, and as `net.devStatus()` does
 * @example
 * ```ts
 * import { createKernelSource } from "@procnet/kernel";
 * import { interfacesAsync } from "procnet";
 * using source = createKernelSource();
 * for (const { name, kind, master, statistics } of await interfacesAsync({ source }))
 *   console.log(name, kind, master, statistics?.rx_nohandler);
 * ```
 */
export async function interfacesAsync(options: InterfacesAsyncOptions = {}): Promise<Interface[]> {
  const net = netOf("interfacesAsync", options, INTERFACES_ASYNC);
  const { source, onNote = () => {} } = options;
  const sysfs = sysfsOf("interfacesAsync", options);
  if (source !== undefined && typeof (source as Partial<InterfaceSource> | null)?.interfaces !== "function")
    throw wrongValue("interfacesAsync: source", "what createKernelSource() of @procnet/kernel gives", source);
  return (await source?.interfaces(networkPlace(net), onNote)) ?? interfacesOf(net, sysfs);
}
