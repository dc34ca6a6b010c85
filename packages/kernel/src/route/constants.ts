/* Numbers of include/uapi/linux/rtnetlink.h. */

/**
 * The netlink protocol that tells of interfaces, addresses, routes, neighbours and rules.
 *
 * @example
 * ```ts
 * import { NETLINK_ROUTE, NetlinkSocket, openDoor } from "@procnet/kernel";
 * const socket = new NetlinkSocket(openDoor(), NETLINK_ROUTE);
 * socket.close();
 * ```
 */
export const NETLINK_ROUTE = 0;

export const RTM_GETLINK = 18;
export const RTM_GETADDR = 22;
export const RTM_GETROUTE = 26;
export const RTM_GETNEIGH = 30;
export const RTM_GETRULE = 34;

/** IP version of what rtnetlink tells. */
export type Family = "IPv4" | "IPv6";

/** The kernel's number: AF_UNSPEC for both. */
export function familyCode(family: Family | undefined): number {
  return family === undefined ? 0 : family === "IPv4" ? 2 : 10;
}

/** `undefined` for those that are not told here: MPLS, multicast, bridges. */
export function familyOf(code: number): Family | undefined {
  return code === 2 ? "IPv4" : code === 10 ? "IPv6" : undefined;
}
