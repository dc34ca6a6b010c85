import { type Located, ownPlace } from "../read/place.ts";
import { type DefaultRoute, defaultRoutesOf } from "./default-routes.ts";
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

function own(): Located {
  return { place: ownPlace() };
}

/**
 * Routes to everywhere that can be used, those of IPv4 first, each family by metric: the first is the one taken. Rejecting
 * routes, which IPv6 always has, are left out, and so are those for packets of one network only (`default from` of ip).
 *
 * @throws `ProcfsError` as `net.route()` does
 * @example
 * ```ts
 * import { defaultRoutes } from "procnet";
 * const [first] = defaultRoutes();
 * console.log(first?.gateway, first?.iface);
 * ```
 */
export function defaultRoutes(options: NetOptions = {}): DefaultRoute[] {
  return defaultRoutesOf(options.net ?? own());
}

/**
 * The address under which others on the network reach this machine: an address of the interface that the default route
 * takes. `undefined` without a default route.
 *
 * @throws `ProcfsError` as `net.route()` does
 * @example
 * ```ts
 * import { lanAddress } from "procnet";
 * console.log(lanAddress()?.address ?? "no network");
 * ```
 */
export function lanAddress(options: NetOptions & { readonly family?: "IPv4" | "IPv6" } = {}): LanAddress | undefined {
  return lanAddressOf(options.net ?? own(), options.family);
}

/**
 * The interfaces: counters from `dev`, IPv6 addresses from `if_inet6`, IPv4 addresses from `fib_trie` and `route`, and
 * where there is a sysfs flags, MTU, hardware address and operational state.
 *
 * procfs does not say which interface an IPv4 address belongs to: it is taken to be the one whose network holds it. An
 * address without a network is left out.
 *
 * @throws `ProcfsError` as `net.devStatus()` does
 * @example
 * ```ts
 * import { interfaces } from "procnet";
 * for (const { name, mtu, addresses } of interfaces()) console.log(name, mtu, addresses.map(({ address }) => address));
 * ```
 */
export function interfaces(options: InterfacesOptions = {}): Interface[] {
  const { net = own(), sysfs = options.net === undefined ? undefined : false } = options;
  return interfacesOf(net, sysfs);
}
