import { Namespace, veth } from "../namespace.ts";
import { missingTools, noNamespaces, run } from "../tools.ts";
import { noDoor } from "./netlink-in.ts";

/*
 * A namespace with interfaces of the kinds that this kernel has, addresses, routes, neighbours and rules of both families. `v0` leads to
 * another namespace, `p0` is a port of the bridge `br0` whose other end is `p1`.
 */

const LINKS = `
link set v0 address 02:00:00:00:00:01 mtu 1400 txqueuelen 17 alias "to the other side" group 7 up
link property add dev v0 altname a-name-that-is-longer-than-fifteen-letters altname short
link add p0 address 02:00:00:00:00:02 type veth peer name p1 address 02:00:00:00:00:03
link add br0 address 02:00:00:00:00:04 type bridge forward_delay 700 stp_state 0 priority 4096
link set p0 master br0
link set dev p0 type bridge_slave cost 9 hairpin on learning off
link set br0 promisc on allmulticast on up
link set p0 up
link set p1 up
link add ifb7 type ifb
`;

const ADDRESSES = `
address add 192.0.2.1/24 brd + dev v0
address add 192.0.2.3/24 dev v0 label v0:more
address add 198.51.100.1/25 dev v0 scope link metric 77 valid_lft 3000 preferred_lft 2000
address add 10.1.1.1 peer 10.1.1.2/32 dev v0
address add 10.2.2.1/32 dev lo scope host
address add 2001:db8::1/64 dev v0 nodad
address add 2001:db8:0:1::1/64 dev v0 nodad valid_lft 5000 preferred_lft 4000 noprefixroute
address add 2001:db8:0:2::1 peer 2001:db8:0:2::2/128 dev v0 nodad
address add fec0::1/64 dev v0 nodad
address add 2001:db8:0:3::1/64 dev p1 nodad preferred_lft 0
`;

const ROUTES = `
route add default via 192.0.2.2 dev v0 proto dhcp src 192.0.2.3 metric 100
route add 203.0.113.0/25 dev v0 mtu 1300 advmss 1200 window 32768 rtt 40ms rttvar 20ms rto_min 50ms initcwnd 20 initrwnd 30 quickack 1 congctl reno
route add 203.0.113.128/25 via inet6 2001:db8::2 dev v0
route add 203.0.113.7 mtu lock 1280 via 192.0.2.2 dev v0 onlink
route add 10.9.0.0/16 proto bgp nexthop via 192.0.2.2 dev v0 weight 2 nexthop via inet6 2001:db8::3 dev v0 nexthop via 192.0.2.9 dev v0 weight 256 onlink
route add 10.8.0.0/16 tos 0x10 dev v0 table 100 scope link
route add 10.7.0.0/16 via 192.0.2.2 table 4000000000 proto 77 realms 5/9
route add unreachable 10.3.0.0/16
route add blackhole 10.4.0.0/16 table 100
route add prohibit 10.5.0.0/16 metric 4294967295
route add throw 10.6.0.0/16 proto static
nexthop add id 5 via 192.0.2.4 dev v0
route add 10.10.0.0/16 nhid 5
route add multicast 239.0.0.0/8 dev v0
`;

const ROUTES6 = `
route add default via 2001:db8::2 dev v0 proto static pref high
route add 2001:db8:9::/48 nexthop via 2001:db8::2 dev v0 weight 3 nexthop via 2001:db8::3 dev v0
route add 2001:db8:8::/48 encap seg6 mode encap segs 2001:db8::5 dev v0
route add 2001:db8:7::/48 from 2001:db8::/64 via 2001:db8::2 dev v0 table 300
route add 2001:db8:6::/48 dev v0 expires 3000 mtu 1290 hoplimit 9
route add blackhole 2001:db8:5::/48 table 4000000001
route add unreachable 2001:db8:4::/48 metric 3
route add anycast 2001:db8::77 dev v0
route add 2001:db8:3::/48 via fe80::9 dev v0 src 2001:db8::1
`;

const NEIGHBOURS = `
neigh add 192.0.2.77 lladdr 02:00:00:00:00:77 dev v0 nud permanent
neigh add 192.0.2.78 lladdr 02:00:00:00:00:78 dev v0 nud noarp
neigh add 192.0.2.79 lladdr 02:00:00:00:00:79 dev v0 nud stale
neigh add 192.0.2.76 lladdr 02:00:00:00:00:76 dev v0 nud reachable protocol zebra
neigh add 192.0.2.75 dev v0 nud failed
neigh add 192.0.2.74 lladdr 02:00:00:00:00:74 dev v0 nud stale extern_learn
neigh add 2001:db8::77 lladdr 02:00:00:00:00:77 dev v0 nud permanent router
neigh add 2001:db8::79 lladdr 02:00:00:00:00:79 dev v0 nud stale
neigh add 2001:db8:0:3::9 lladdr 02:00:00:00:00:09 dev p1 nud permanent
neigh add proxy 192.0.2.80 dev v0
neigh add proxy 192.0.2.81 dev p1
neigh add proxy 2001:db8::80 dev v0
`;

const RULES = `
rule add pref 1000 fwmark 0x10/0xff iif v0 lookup 100
rule add pref 50 from 10.0.0.0/8 suppress_prefixlength 0 lookup main
rule add pref 51 not to 192.0.2.0/24 oif v0 suppress_ifgroup 7 lookup 4000000000 protocol bgp
rule add pref 60 tos 0x10 unreachable
rule add pref 61 blackhole from 192.0.2.66
rule add pref 62 prohibit iif lo
rule add pref 40 goto 1000
rule add pref 39 l3mdev
rule add pref 63 tun_id 0x1122334455 lookup 100
rule add pref 64 from 10.66.0.0/16 realms 3/4 lookup 100
rule add pref 65 iif absent0 nop
rule add pref 66 fwmark 7 lookup default
`;

const RULES6 = `
rule add pref 70 to 2001:db8::/32 ipproto tcp dport 80-90 uidrange 0-99 lookup 200
rule add pref 71 from 2001:db8::1 ipproto udp sport 53 lookup 300
rule add pref 72 fwmark 0xffffffff lookup 4000000001
`;

/** Two namespaces: the one that is looked at, and the other end of its `v0`. */
export interface RoutedScene {
  readonly namespace: Namespace;
  readonly remove: () => void;
}

/** Why it cannot be made here; `undefined` where it can. */
export function noRoutedScene(): string | undefined {
  return noNamespaces() ?? missingTools("ip") ?? noDoor();
}

export function makeRoutedScene(): RoutedScene {
  const namespace = new Namespace();
  const other = new Namespace();
  const remove = (): void => {
    namespace.remove();
    other.remove();
  };
  try {
    veth(namespace, "v0", other, "v1");
    other.ip("address add 192.0.2.2/24 dev v1\naddress add 2001:db8::2/64 dev v1 nodad\nlink set v1 up\n");
    namespace.ip(LINKS);
    for (const part of [ADDRESSES, ROUTES, NEIGHBOURS, RULES]) namespace.ip(part);
    for (const part of [ROUTES6, RULES6]) run("ip", ["-6", "-n", namespace.name, "-batch", "-"], part);
    return { namespace, remove };
  } catch (error) {
    remove();
    throw error;
  }
}
