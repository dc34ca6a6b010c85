import type { Interface, InterfaceAddress, LinkStatistics, NetworkPlace, RouteWay } from "procnet";
import { Inet6Scope } from "procnet/parse";
import { allRowsInTurns, type Dump } from "../diag/dump.ts";
import type { KernelDoor } from "../door/door.ts";
import { KernelError } from "../netlink/errors.ts";
import type { NetlinkSocket } from "../netlink/socket.ts";
import { addresses, type IpAddress } from "../route/addresses.ts";
import { NETLINK_ROUTE } from "../route/constants.ts";
import type { Link } from "../route/link-types.ts";
import { links } from "../route/links.ts";
import type { IpRoute, NextHop } from "../route/route-types.ts";
import { routes } from "../route/routes.ts";
import { networkSocket } from "../threads/network-socket.ts";

type Note = (why: string) => void;

/** The interfaces of a namespace; `undefined` where the kernel does not tell them, and `note` is told why. */
export function interfacesIn(of: NetworkPlace, door: KernelDoor, note: Note): Promise<Interface[] | undefined> {
  return asking("interfaces", of, door, note, interfacesBy);
}

/** The routes of a namespace in all tables, likewise. */
export function routesIn(of: NetworkPlace, door: KernelDoor, note: Note): Promise<RouteWay[] | undefined> {
  return asking("routes", of, door, note, routesBy);
}

async function asking<Value>(
  what: string,
  of: NetworkPlace,
  door: KernelDoor,
  note: Note,
  read: (socket: NetlinkSocket) => Promise<Value>,
): Promise<Value | undefined> {
  let socket: NetlinkSocket | undefined;
  try {
    socket = await networkSocket(of, NETLINK_ROUTE, door);
    return await read(socket);
  } catch (error) {
    if (!(error instanceof KernelError)) throw error;
    note(`${what} are read from procfs: ${error.message}`);
    return undefined;
  } finally {
    socket?.close();
  }
}

/** All rows of a table. @throws KernelError where it changed each time it was told */
async function allOf<Row>(socket: NetlinkSocket, dump: Dump<Row>): Promise<Row[]> {
  const { rows, isInterrupted } = await allRowsInTurns(socket, dump);
  if (isInterrupted) throw new KernelError(`${dump.question.doing}: they changed each time they were told`, 4);
  return rows;
}

async function routesBy(socket: NetlinkSocket): Promise<RouteWay[]> {
  const names = new Map((await allOf(socket, links({ statistics: false }))).map(({ index, name }) => [index, name]));
  return (await allOf(socket, routes())).flatMap((route) => {
    const hops: readonly (NextHop | undefined)[] = route.nextHops.length === 0 ? [undefined] : route.nextHops;
    return hops.map((hop) => wayOf(route, hop, names));
  });
}

function wayOf(route: IpRoute, hop: NextHop | undefined, names: ReadonlyMap<number, string>): RouteWay {
  const { family, table, type, protocol, destination, prefixLength, metric, preferredSource, nextHops } = route;
  return {
    ...{ family, table, type, protocol, destination, prefixLength },
    gateway: hop?.gateway,
    iface: hop === undefined ? undefined : names.get(hop.ifIndex),
    metric,
    preferredSource,
    weight: nextHops.length > 1 ? hop?.weight : undefined,
  };
}

/**
 * The interfaces of the namespace that a netlink socket is of, in the form of procnet's `interfaces()`.
 *
 * @throws KernelError where the kernel refuses, or they changed each time they were told
 */
async function interfacesBy(socket: NetlinkSocket): Promise<Interface[]> {
  const told = await allOf(socket, links());
  const own = await allOf(socket, addresses());
  const names = new Map(told.map(({ index, name }) => [index, name]));
  const byIndex = new Map<number, InterfaceAddress[]>();
  for (const address of own) {
    const list = byIndex.get(address.ifIndex);
    if (list === undefined) byIndex.set(address.ifIndex, [addressOf(address)]);
    else list.push(addressOf(address));
  }
  return told.map((link) => interfaceOf(link, byIndex.get(link.index) ?? [], names));
}

function interfaceOf(link: Link, own: readonly InterfaceAddress[], names: ReadonlyMap<number, string>): Interface {
  const isElsewhere = link.linkNamespace !== undefined;
  return {
    name: link.name,
    index: link.index,
    flags: link.flags,
    mtu: link.mtu,
    hwAddress: link.hwAddress,
    hwType: link.hwType,
    operState: link.operState,
    addresses: own,
    status: statusOf(link.name, link.statistics!),
    ...present({
      kind: link.kind,
      master: link.master === undefined ? undefined : names.get(link.master),
      lower: link.link === undefined || isElsewhere ? undefined : names.get(link.link),
      lowerNamespace: link.linkNamespace,
      altNames: link.altNames.length === 0 ? undefined : link.altNames,
      alias: link.alias,
      group: link.group,
      txQueueLength: link.txQueueLength,
      queueDiscipline: link.queueDiscipline,
      promiscuity: link.promiscuity,
      carrier: link.carrier === undefined ? undefined : link.carrier === 1,
      carrierChanges: link.carrierChanges,
      permanentHwAddress: link.permanentHwAddress,
      statistics: link.statistics,
    }),
  };
}

type Present<Fields> = { [Name in keyof Fields]?: Exclude<Fields[Name], undefined> };

/** Without what there is nothing of. */
function present<Fields extends object>(fields: Fields): Present<Fields> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as Present<Fields>;
}

/** What `/proc/net/dev` makes of the counters: dev_seq_printf_stats (net/core/net-procfs.c). */
function statusOf(name: string, of: LinkStatistics): Interface["status"] {
  return {
    name,
    recvBytes: of.rx_bytes,
    recvPackets: of.rx_packets,
    recvErrs: of.rx_errors,
    recvDrop: of.rx_dropped + of.rx_missed_errors,
    recvFifo: of.rx_fifo_errors,
    recvFrame: of.rx_length_errors + of.rx_over_errors + of.rx_crc_errors + of.rx_frame_errors,
    recvCompressed: of.rx_compressed,
    recvMulticast: of.multicast,
    sentBytes: of.tx_bytes,
    sentPackets: of.tx_packets,
    sentErrs: of.tx_errors,
    sentDrop: of.tx_dropped,
    sentFifo: of.tx_fifo_errors,
    sentColls: of.collisions,
    sentCarrier: of.tx_carrier_errors + of.tx_aborted_errors + of.tx_window_errors + of.tx_heartbeat_errors,
    sentCompressed: of.tx_compressed,
  };
}

/** As `if_inet6` has the scopes of IPv6. */
const INET6_SCOPES: ReadonlyMap<string, number> = new Map([
  ["universe", Inet6Scope.GLOBAL],
  ["host", Inet6Scope.HOST],
  ["link", Inet6Scope.LINK],
  ["site", Inet6Scope.SITE],
]);

/** `::192.0.2.1`, which has the scope of the whole world and is told apart by procfs. */
const COMPATIBLE = /^::\d+\.\d+\.\d+\.\d+$/;

function addressOf(row: IpAddress): InterfaceAddress {
  const { family, address, prefixLength, flags, scope, peer, broadcast, label, validLifetime, preferredLifetime } = row;
  const scope6 = COMPATIBLE.test(address) ? Inet6Scope.COMPATV4 : INET6_SCOPES.get(scope);
  return {
    family,
    address,
    prefixLength,
    scope: family === "IPv6" ? scope6 : undefined,
    flags,
    routeScope: scope,
    ...present({ peer, broadcast, label, validLifetime, preferredLifetime }),
  };
}
