import { rawText } from "../../form/raw-text.ts";
import { type TextTable, table } from "../../form/table.ts";

/*
 * Protocol families that left the kernel, and files that others took the place of: known, so that a capture from there is no
 * surprise. The text is given as it is.
 */

/**
 * Neighbours of IPv6, as text.
 *
 * @example
 * ```ts
 * import { read } from "procnet";
 * import { ndisc } from "procnet/tables";
 * console.log(read(ndisc));
 * ```
 */
export const ndisc: TextTable<"ndisc", string> = table(
  { name: "ndisc", needs: "CONFIG_IPV6", since: "2.2", until: "2.6" },
  rawText,
);

/**
 * Addresses that the kernel answered RARP requests with, as text.
 *
 * @example
 * ```ts
 * import { read } from "procnet";
 * import { rarp } from "procnet/tables";
 * console.log(read(rarp));
 * ```
 */
export const rarp: TextTable<"rarp", string> = table(
  { name: "rarp", needs: "CONFIG_INET_RARP, module rarp", since: "2.0", until: "2.6" },
  rawText,
);

/**
 * Packets processed, as text; `softnet_stat` took its place.
 *
 * @example
 * ```ts
 * import { read } from "procnet";
 * import { softnet } from "procnet/tables";
 * console.log(read(softnet));
 * ```
 */
export const softnet: TextTable<"softnet", string> = table(
  { name: "softnet", needs: "CONFIG_NET", since: "2.2", until: "2.6" },
  rawText,
);

/**
 * Times of the network code when it was built to be profiled, as text.
 *
 * @example
 * ```ts
 * import { read } from "procnet";
 * import { profile } from "procnet/tables";
 * console.log(read(profile));
 * ```
 */
export const profile: TextTable<"profile", string> = table(
  { name: "profile", needs: "CONFIG_NET_PROFILE", since: "2.2", until: "2.6" },
  rawText,
);

/**
 * Source routes of Token Ring, as text.
 *
 * @example
 * ```ts
 * import { read } from "procnet";
 * import { trRif } from "procnet/tables";
 * console.log(read(trRif));
 * ```
 */
export const trRif: TextTable<"tr_rif", string> = table({ name: "tr_rif", needs: "CONFIG_TR", until: "3.5" }, rawText);

/**
 * DECnet sockets, as text.
 *
 * @example
 * ```ts
 * import { read } from "procnet";
 * import { decnet } from "procnet/tables";
 * console.log(read(decnet));
 * ```
 */
export const decnet: TextTable<"decnet", string> = table(
  { name: "decnet", needs: "CONFIG_DECNET, module decnet", until: "6.1", scope: "initial" },
  rawText,
);

/**
 * DECnet devices, as text.
 *
 * @example
 * ```ts
 * import { read } from "procnet";
 * import { decnetDev } from "procnet/tables";
 * console.log(read(decnetDev));
 * ```
 */
export const decnetDev: TextTable<"decnet_dev", string> = table(
  { name: "decnet_dev", needs: "CONFIG_DECNET, module decnet", until: "6.1", scope: "initial" },
  rawText,
);

/**
 * DECnet neighbours, as text.
 *
 * @example
 * ```ts
 * import { read } from "procnet";
 * import { decnetNeigh } from "procnet/tables";
 * console.log(read(decnetNeigh));
 * ```
 */
export const decnetNeigh: TextTable<"decnet_neigh", string> = table(
  { name: "decnet_neigh", needs: "CONFIG_DECNET, module decnet", until: "6.1", scope: "initial" },
  rawText,
);

/**
 * Cached DECnet routes, as text.
 *
 * @example
 * ```ts
 * import { read } from "procnet";
 * import { decnetCache } from "procnet/tables";
 * console.log(read(decnetCache));
 * ```
 */
export const decnetCache: TextTable<"decnet_cache", string> = table(
  { name: "decnet_cache", needs: "CONFIG_DECNET, module decnet", until: "6.1", scope: "initial" },
  rawText,
);

/**
 * DECnet routes, as text.
 *
 * @example
 * ```ts
 * import { read } from "procnet";
 * import { decnetRoute } from "procnet/tables";
 * console.log(read(decnetRoute));
 * ```
 */
export const decnetRoute: TextTable<"decnet_route", string> = table(
  { name: "decnet_route", needs: "CONFIG_DECNET, module decnet", until: "6.1", scope: "initial" },
  rawText,
);

/**
 * Counters of the cache of DECnet neighbours, as text.
 *
 * @example
 * ```ts
 * import { read } from "procnet";
 * import { statDnNeighCache } from "procnet/tables";
 * console.log(read(statDnNeighCache));
 * ```
 */
export const statDnNeighCache: TextTable<"stat/dn_neigh_cache", string> = table(
  { name: "stat/dn_neigh_cache", needs: "CONFIG_DECNET, module decnet", until: "6.1", scope: "initial" },
  rawText,
);

/**
 * IPX interfaces, as text.
 *
 * @example
 * ```ts
 * import { read } from "procnet";
 * import { ipxInterface } from "procnet/tables";
 * console.log(read(ipxInterface));
 * ```
 */
export const ipxInterface: TextTable<"ipx/interface", string> = table(
  { name: "ipx/interface", needs: "CONFIG_IPX, module ipx", until: "4.18", scope: "initial" },
  rawText,
);

/**
 * IPX routes, as text.
 *
 * @example
 * ```ts
 * import { read } from "procnet";
 * import { ipxRoute } from "procnet/tables";
 * console.log(read(ipxRoute));
 * ```
 */
export const ipxRoute: TextTable<"ipx/route", string> = table(
  { name: "ipx/route", needs: "CONFIG_IPX, module ipx", until: "4.18", scope: "initial" },
  rawText,
);

/**
 * IPX sockets, as text.
 *
 * @example
 * ```ts
 * import { read } from "procnet";
 * import { ipxSocket } from "procnet/tables";
 * console.log(read(ipxSocket));
 * ```
 */
export const ipxSocket: TextTable<"ipx/socket", string> = table(
  { name: "ipx/socket", needs: "CONFIG_IPX, module ipx", until: "4.18", scope: "initial" },
  rawText,
);

/**
 * A file of the infrared stack, as text.
 *
 * @example
 * ```ts
 * import { read } from "procnet";
 * import { irda } from "procnet/tables";
 * console.log(read(irda, { name: "irda/discovery" }));
 * ```
 */
export const irda: TextTable<"irda/*", string> = table(
  { name: "irda/*", needs: "CONFIG_IRDA, module irda", until: "4.17", scope: "initial" },
  rawText,
);

/**
 * Serial lines over infrared, as text.
 *
 * @example
 * ```ts
 * import { read } from "procnet";
 * import { ircomm } from "procnet/tables";
 * console.log(read(ircomm));
 * ```
 */
export const ircomm: TextTable<"ircomm", string> = table(
  { name: "ircomm", needs: "CONFIG_IRDA, module irda", until: "4.17", scope: "initial" },
  rawText,
);

/**
 * LAN over infrared, as text.
 *
 * @example
 * ```ts
 * import { read } from "procnet";
 * import { irlan } from "procnet/tables";
 * console.log(read(irlan));
 * ```
 */
export const irlan: TextTable<"irlan", string> = table(
  { name: "irlan", needs: "CONFIG_IRDA, module irda", until: "4.17", scope: "initial" },
  rawText,
);

/**
 * PPP over infrared, as text.
 *
 * @example
 * ```ts
 * import { read } from "procnet";
 * import { irnet } from "procnet/tables";
 * console.log(read(irnet));
 * ```
 */
export const irnet: TextTable<"irnet", string> = table(
  { name: "irnet", needs: "CONFIG_IRDA, module irda", until: "4.17", scope: "initial" },
  rawText,
);

/**
 * Econet, as text.
 *
 * @example
 * ```ts
 * import { read } from "procnet";
 * import { econet } from "procnet/tables";
 * console.log(read(econet));
 * ```
 */
export const econet: TextTable<"econet", string> = table(
  { name: "econet", needs: "CONFIG_ECONET, module econet", until: "3.5" },
  rawText,
);

/**
 * A file of the WAN router, as text.
 *
 * @example
 * ```ts
 * import { read } from "procnet";
 * import { wanrouter } from "procnet/tables";
 * console.log(read(wanrouter, { name: "wanrouter/config" }));
 * ```
 */
export const wanrouter: TextTable<"wanrouter/*", string> = table(
  { name: "wanrouter/*", needs: "CONFIG_WAN_ROUTER, module wanrouter", until: "3.10" },
  rawText,
);

/**
 * AppleTalk sockets, as text; `atalk/socket` took its place.
 *
 * @example
 * ```ts
 * import { read } from "procnet";
 * import { appletalk } from "procnet/tables";
 * console.log(read(appletalk));
 * ```
 */
export const appletalk: TextTable<"appletalk", string> = table(
  { name: "appletalk", needs: "CONFIG_ATALK, module appletalk", since: "2.0", until: "2.6" },
  rawText,
);

/**
 * AppleTalk interfaces, as text; `atalk/interface` took its place.
 *
 * @example
 * ```ts
 * import { read } from "procnet";
 * import { atalkIface } from "procnet/tables";
 * console.log(read(atalkIface));
 * ```
 */
export const atalkIface: TextTable<"atalk_iface", string> = table(
  { name: "atalk_iface", needs: "CONFIG_ATALK, module appletalk", since: "2.0", until: "2.6" },
  rawText,
);

/**
 * Connections of MPTCP before it was in the kernel, as text.
 *
 * @example
 * ```ts
 * import { read } from "procnet";
 * import { mptcpNetMptcp } from "procnet/tables";
 * console.log(read(mptcpNetMptcp));
 * ```
 */
export const mptcpNetMptcp: TextTable<"mptcp_net/mptcp", string> = table(
  { name: "mptcp_net/mptcp", needs: "MPTCP 0.9x, code outside of the kernel's tree" },
  rawText,
);

/**
 * Counters of MPTCP before it was in the kernel, as text.
 *
 * @example
 * ```ts
 * import { read } from "procnet";
 * import { mptcpNetSnmp } from "procnet/tables";
 * console.log(read(mptcpNetSnmp));
 * ```
 */
export const mptcpNetSnmp: TextTable<"mptcp_net/snmp", string> = table(
  { name: "mptcp_net/snmp", needs: "MPTCP 0.9x, code outside of the kernel's tree" },
  rawText,
);

/**
 * Addresses that MPTCP's path manager used before it was in the kernel, as text.
 *
 * @example
 * ```ts
 * import { read } from "procnet";
 * import { mptcpFullmesh } from "procnet/tables";
 * console.log(read(mptcpFullmesh));
 * ```
 */
export const mptcpFullmesh: TextTable<"mptcp_fullmesh", string> = table(
  { name: "mptcp_fullmesh", needs: "MPTCP 0.9x, code outside of the kernel's tree" },
  rawText,
);
