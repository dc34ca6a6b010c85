import type { IpAddress, IpRoute, Link, Neighbour, NextHop, RoutingRule } from "../../../packages/kernel/src/index.ts";
import {
  AddressFlags,
  ARPHardware,
  flagNames,
  InterfaceFlags,
  IpProtocol,
  NeighbourFlags,
  NextHopFlags,
  RouteTableId,
} from "../../../packages/procnet/src/index.ts";

/*
 * Rows of rtnetlink as ip(8) of iproute2 6.1 writes them with -j -d: what is not said is not a member. Names of interfaces come by index.
 */

type Json = Record<string, unknown>;
export type Names = ReadonlyMap<number, string>;

const present = (members: Json): Json =>
  Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined));
const none = (is: boolean): null | undefined => (is ? null : undefined);
const yes = (is: boolean): true | undefined => (is ? true : undefined);

const GENERATION = ["eui64", "none", "stable_secret", "random"];
const LINK_TYPES = new Map([
  [ARPHardware.ETHER, "ether"],
  [ARPHardware.LOOPBACK, "loopback"],
]);

/** An interface as `ip -s -s link` tells it. */
export function ipLink(link: Link, names: Names): Json {
  const { kind, slaveKind, data, slaveData } = link;
  return present({
    ifindex: link.index,
    // In another namespace an index says nothing but itself.
    ...(link.link !== undefined && link.linkNamespace !== undefined
      ? { link_index: link.link }
      : { link: link.link === undefined ? undefined : names.get(link.link) }),
    ifname: link.name,
    flags: interfaceFlags(link.flags),
    mtu: link.mtu,
    qdisc: link.queueDiscipline,
    master: link.master === undefined ? undefined : names.get(link.master),
    operstate: link.operState?.toUpperCase(),
    linkmode: ["DEFAULT", "DORMANT", "TESTING"][link.linkMode!],
    group: link.group === 0 ? "default" : String(link.group),
    txqlen: link.txQueueLength,
    link_type: LINK_TYPES.get(link.hwType as 1),
    address: link.hwAddress,
    broadcast: link.hwBroadcast,
    permaddr: link.permanentHwAddress,
    link_netnsid: link.linkNamespace,
    promiscuity: link.promiscuity,
    allmulti: link.allMulticast,
    min_mtu: link.minMtu,
    max_mtu: link.maxMtu,
    ...(kind !== undefined && {
      linkinfo: present({
        info_kind: kind,
        info_data: kind === "bridge" ? bridge(data!) : undefined,
        info_slave_kind: slaveKind,
        info_slave_data: slaveKind === "bridge" ? bridgePort(slaveData!) : undefined,
      }),
    }),
    inet6_addr_gen_mode: GENERATION[link.ipv6?.addressGenerationMode ?? -1],
    num_tx_queues: link.txQueues,
    num_rx_queues: link.rxQueues,
    gso_max_size: link.gsoMaxSize,
    gso_max_segs: link.gsoMaxSegments,
    tso_max_size: link.tsoMaxSize,
    tso_max_segs: link.tsoMaxSegments,
    gro_max_size: link.groMaxSize,
    ifalias: link.alias,
    stats64: statistics(link),
    altnames: link.altNames.length === 0 ? undefined : link.altNames,
  });
}

/** In the order of ip(8), which leaves out RUNNING. */
function interfaceFlags(flags: number): string[] {
  const { UP, RUNNING } = InterfaceFlags;
  const isWithoutCarrier = (flags & UP) !== 0 && (flags & RUNNING) === 0;
  const named = flagNames(InterfaceFlags, flags & ~RUNNING);
  return [...(isWithoutCarrier ? ["NO-CARRIER"] : []), ...named].sort();
}

function statistics({ statistics: told, carrierChanges }: Link): Json {
  const of = told!;
  return {
    rx: {
      bytes: of.rx_bytes,
      packets: of.rx_packets,
      errors: of.rx_errors,
      dropped: of.rx_dropped,
      over_errors: of.rx_over_errors,
      multicast: of.multicast,
      ...(of.rx_compressed > 0 && { compressed: of.rx_compressed }),
      length_errors: of.rx_length_errors,
      crc_errors: of.rx_crc_errors,
      frame_errors: of.rx_frame_errors,
      fifo_errors: of.rx_fifo_errors,
      missed_errors: of.rx_missed_errors,
      ...(of.rx_nohandler! > 0 && { nohandler: of.rx_nohandler }),
      ...(of.rx_otherhost_dropped! > 0 && { otherhost: of.rx_otherhost_dropped }),
    },
    tx: {
      bytes: of.tx_bytes,
      packets: of.tx_packets,
      errors: of.tx_errors,
      dropped: of.tx_dropped,
      carrier_errors: of.tx_carrier_errors,
      collisions: of.collisions,
      ...(of.tx_compressed > 0 && { compressed: of.tx_compressed }),
      aborted_errors: of.tx_aborted_errors,
      fifo_errors: of.tx_fifo_errors,
      window_errors: of.tx_window_errors,
      heartbeat_errors: of.tx_heartbeat_errors,
      carrier_changes: carrierChanges,
    },
  };
}

type Data = Readonly<Record<string, number | string>>;

/** `8000.0aefb64a8077` as ip(8) writes it: groups without their zeros. */
function bridgeId(id: number | string): string {
  const [priority = "", address = ""] = String(id).split(".");
  return `${priority}.${(address.match(/../g) ?? []).map((group) => Number.parseInt(group, 16).toString(16)).join(":")}`;
}

/** Timers run; multi_boolopt, which it takes apart, is a matter of the kernel. */
const MOVING = /_timer$|^(no_linklocal_learn|mcast_vlan_snooping)$/;

/** What ip(8) says of a bridge or a port without what moves. */
export function still(data: Json): Json {
  return Object.fromEntries(Object.entries(data).filter(([name]) => !MOVING.test(name)));
}

/** What ip(8) of that version does not say of a bridge. */
const UNSAID = /^(multi_boolopt|mcast_querier_state|fdb_n_learned|fdb_max_learned|stp_mode)$/;

function bridge(data: Data): Json {
  const { root_id, bridge_id, group_fwd_mask, vlan_protocol, ...rest } = data;
  const members = Object.entries(rest).filter(([name]) => !UNSAID.test(name) && !MOVING.test(name));
  return {
    ...Object.fromEntries(members),
    ...(vlan_protocol === 0x8100 && { vlan_protocol: "802.1Q" }),
    root_id: bridgeId(root_id!),
    bridge_id: bridgeId(bridge_id!),
    group_fwd_mask: group_fwd_mask!.toString(16),
  };
}

function bridgePort(data: Data): Json {
  const is = (name: string): boolean => data[name] === 1;
  return {
    state: ["disabled", "listening", "learning", "forwarding", "blocking"][Number(data.state)],
    priority: data.priority,
    cost: data.cost,
    hairpin: is("mode"),
    guard: is("guard"),
    root_block: is("protect"),
    fastleave: is("fast_leave"),
    learning: is("learning"),
    flood: is("unicast_flood"),
    id: `0x${data.id!.toString(16)}`,
    no: `0x${data.no!.toString(16)}`,
    designated_port: data.designated_port,
    designated_cost: data.designated_cost,
    bridge_id: bridgeId(data.bridge_id!),
    root_id: bridgeId(data.root_id!),
    topology_change_ack: data.topology_change_ack,
    config_pending: data.config_pending,
    proxy_arp: is("proxyarp"),
    proxy_arp_wifi: is("proxyarp_wifi"),
    multicast_router: data.multicast_router,
    mcast_flood: is("mcast_flood"),
    bcast_flood: is("bcast_flood"),
    mcast_to_unicast: is("mcast_to_ucast"),
    neigh_suppress: is("neigh_suppress"),
    group_fwd_mask: data.group_fwd_mask!.toString(16),
    group_fwd_mask_str: `0x${data.group_fwd_mask!.toString(16)}`,
    vlan_tunnel: is("vlan_tunnel"),
    isolated: is("isolated"),
    // Since Linux 5.18.
    ...("locked" in data && { locked: is("locked") }),
  };
}

const FOR_EVER = 0xffffffff;
const scope = (name: string): string => (name === "universe" ? "global" : name);
const family = (name: "IPv4" | "IPv6"): string => (name === "IPv4" ? "inet" : "inet6");

/** An address as `ip address` tells it. */
export function ipAddress(row: IpAddress): Json {
  const { flags } = row;
  const is = (flag: number): true | undefined => yes((flags & flag) !== 0);
  return present({
    family: family(row.family),
    local: row.address,
    address: row.peer,
    prefixlen: row.prefixLength,
    metric: row.metric,
    broadcast: row.broadcast,
    scope: scope(row.scope),
    [row.family === "IPv4" ? "secondary" : "temporary"]: is(AddressFlags.SECONDARY),
    tentative: is(AddressFlags.TENTATIVE),
    deprecated: is(AddressFlags.DEPRECATED),
    nodad: is(AddressFlags.NODAD),
    noprefixroute: is(AddressFlags.NOPREFIXROUTE),
    dynamic: yes((flags & AddressFlags.PERMANENT) === 0),
    label: row.label,
    valid_life_time: row.validLifetime ?? FOR_EVER,
    preferred_life_time: row.preferredLifetime ?? FOR_EVER,
  });
}

function table(number: number): string {
  return number < 253 ? String(number) : (RouteTableId[number]?.toLowerCase() ?? String(number));
}

/** `UNKNOWN(77)` is a number to ip(8) as well. */
function protocol(name: string): string {
  return name.replace(/^UNKNOWN\((\d+)\)$/, "$1").toLowerCase();
}

function address(text: string, length: number): string {
  if (length === 0) return "default";
  return length === (text.includes(":") ? 128 : 32) ? text : `${text}/${length}`;
}

const SHOWN_HOP_FLAGS = ["DEAD", "ONLINK", "PERVASIVE", "OFFLOAD", "TRAP", "LINKDOWN", "UNRESOLVED"] as const;

function hopFlags(flags: number): string[] {
  return SHOWN_HOP_FLAGS.filter((name) => (flags & NextHopFlags[name]) !== 0).map((name) => name.toLowerCase());
}

function gateway(hop: NextHop, isIpv4: boolean): Json {
  if (hop.gateway?.includes(":") && isIpv4) return { via: { family: "inet6", host: hop.gateway } };
  return { gateway: hop.gateway };
}

function hop(one: NextHop, names: Names, isIpv4: boolean): Json {
  return present({
    ...gateway(one, isIpv4),
    dev: names.get(one.ifIndex),
    weight: one.weight,
    flags: hopFlags(one.flags),
  });
}

function metrics({ metrics: told }: IpRoute): Json | undefined {
  if (told === undefined) return undefined;
  const { rtt, rttvar, cc_algo, lock: _, ...rest } = told;
  return present({
    ...rest,
    rtt: rtt === undefined ? undefined : rtt / 8,
    rttvar: rttvar === undefined ? undefined : rttvar / 4,
    congestion: cc_algo,
  });
}

/** A route as `ip route show table all` tells it. What its way is put into is told by the test itself. */
export function ipRoute(route: IpRoute, names: Names): Json {
  const isIpv4 = route.family === "IPv4";
  const [first, ...more] = route.nextHops;
  const one = first !== undefined && more.length === 0 ? first : undefined;
  return present({
    type: route.type.toLowerCase(),
    dst: address(route.destination, route.prefixLength),
    from: route.source === undefined ? undefined : address(route.source, route.sourcePrefixLength),
    tos: route.tos === 0 ? undefined : `0x${route.tos.toString(16)}`,
    nhid: route.nextHopId,
    ...(one !== undefined && { ...gateway(one, isIpv4), dev: names.get(one.ifIndex) }),
    table: table(route.table),
    protocol: protocol(route.protocol),
    scope: scope(route.scope),
    prefsrc: route.preferredSource,
    metric: route.metric === 0 && isIpv4 ? undefined : route.metric,
    flags: hopFlags(route.flags),
    ...(one?.realm !== undefined && { flow: { from: String(one.realm >>> 16), to: String(one.realm & 0xffff) } }),
    expires: route.expires === undefined ? undefined : Math.floor(route.expires),
    metrics: route.metrics === undefined ? undefined : [metrics(route)],
    pref: route.preference?.toLowerCase(),
    nexthops: more.length === 0 ? undefined : route.nextHops.map((way) => hop(way, names, isIpv4)),
  });
}

/** A neighbour as `ip -s neighbour` tells it. */
export function ipNeighbour(row: Neighbour, names: Names): Json {
  const is = (flag: number): boolean => (row.flags & flag) !== 0;
  const isProxy = is(NeighbourFlags.PROXY);
  return present({
    dst: row.address,
    dev: names.get(row.ifIndex),
    lladdr: row.hwAddress,
    router: none(is(NeighbourFlags.ROUTER)),
    proxy: none(isProxy),
    extern_learn: none(is(NeighbourFlags.EXT_LEARNED)),
    refcnt: row.refCount === 0 ? undefined : row.refCount,
    used: whole(row.usedAgo),
    confirmed: whole(row.confirmedAgo),
    updated: whole(row.updatedAgo),
    probes: row.probes,
    state: isProxy ? undefined : [row.state],
    protocol: row.protocol === undefined ? undefined : protocol(row.protocol),
  });
}

function whole(seconds: number | undefined): number | undefined {
  return seconds === undefined ? undefined : Math.floor(seconds);
}

/** A rule as `ip rule` tells it. */
export function ipRule(rule: RoutingRule): Json {
  const { sourcePorts, destinationPorts, users, realms } = rule;
  const most = rule.family === "IPv4" ? 32 : 128;
  const length = (bits: number): number | undefined => (bits === 0 || bits === most ? undefined : bits);
  return present({
    priority: rule.priority,
    not: none(rule.isInverted),
    src: rule.source ?? "all",
    srclen: length(rule.sourcePrefixLength),
    dst: rule.destination,
    dstlen: length(rule.destinationPrefixLength),
    tos: rule.tos === 0 ? undefined : `0x${rule.tos.toString(16)}`,
    fwmark: rule.mark === undefined ? undefined : `0x${rule.mark.toString(16)}`,
    fwmask: rule.markMask === undefined || rule.markMask === 0xffffffff ? undefined : `0x${rule.markMask.toString(16)}`,
    iif: rule.inInterface,
    iif_detached: none((rule.flags & 8) !== 0),
    oif: rule.outInterface,
    l3mdev: none(rule.isL3mdev),
    uid_start: users?.first,
    uid_end: users?.last,
    ipproto: rule.ipProtocol === undefined ? undefined : IpProtocol[rule.ipProtocol]?.toLowerCase(),
    ...range("sport", sourcePorts),
    ...range("dport", destinationPorts),
    tun_id: rule.tunnelId,
    ...(rule.action === "TO_TBL" && !rule.isL3mdev && { table: table(rule.table) }),
    suppress_prefixlen: rule.suppressPrefixLength,
    suppress_ifgroup: rule.suppressGroup === undefined ? undefined : String(rule.suppressGroup),
    ...(realms !== undefined && { flow_from: String(realms >>> 16), flow_to: String(realms & 0xffff) }),
    goto: rule.goto,
    nop: none(rule.action === "NOP"),
    action: ["BLACKHOLE", "UNREACHABLE", "PROHIBIT"].includes(rule.action) ? rule.action.toLowerCase() : undefined,
    protocol: protocol(rule.protocol),
  });
}

function range(name: string, ports: RoutingRule["sourcePorts"]): Json {
  if (ports === undefined) return {};
  return ports.first === ports.last
    ? { [name]: ports.first }
    : { [`${name}_start`]: ports.first, [`${name}_end`]: ports.last };
}
