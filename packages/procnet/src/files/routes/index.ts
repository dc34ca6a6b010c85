// Addresses, neighbours, routes and multicast: what is public of each file. `npm run lists` makes the doors of it.
export { type Anycast6, type Anycast6Rows, anycast6, parseAnycast6 } from "./anycast6.ts";
export { type ArpEntries, type ArpEntry, arp, parseArp } from "./arp.ts";
export {
  type FibTrie,
  type FibTrieNode,
  type FibTrieRoute,
  type FibTrieRows,
  fibTrie,
  localAddresses,
  parseFibTrie,
} from "./fib-trie.ts";
export {
  type FibNodeSize,
  type FibTrieCounters,
  type FibTriestat,
  type FibTriestatRows,
  fibTriestat,
  parseFibTriestat,
} from "./fib-triestat.ts";
export { type Igmp, type IgmpRows, igmp, parseIgmp } from "./igmp.ts";
export { type Igmp6, type Igmp6Rows, igmp6, parseIgmp6 } from "./igmp6.ts";
export {
  type IpMrCache,
  type IpMrCacheRows,
  ip6MrCache,
  ipMrCache,
  type MrOutput,
  parseIp6MrCache,
  parseIpMrCache,
} from "./ip-mr-cache.ts";
export {
  type Ip6MrVif,
  type Ip6MrVifRows,
  type IpMrVif,
  type IpMrVifRows,
  ip6MrVif,
  ipMrVif,
  parseIp6MrVif,
  parseIpMrVif,
} from "./ip-mr-vif.ts";
export { type Ip6Flowlabel, type Ip6FlowlabelRows, ip6Flowlabel, parseIp6Flowlabel } from "./ip6-flowlabel.ts";
export { type Ipv6Route, type Ipv6RouteRows, ipv6Route, parseIpv6Route } from "./ipv6-route.ts";
export { type Mcfilter, type McfilterRows, mcfilter, mcfilter6, parseMcfilter, parseMcfilter6 } from "./mcfilter.ts";
export { parseRoute, type RouteEntries, type RouteEntry, route } from "./route.ts";
export { parseRtAcct, type RtAcct, type RtAcctClasses, rtAcct } from "./rt-acct.ts";
export { parseRtCache, type RtCache, type RtCacheRows, rtCache } from "./rt-cache.ts";
export { parseRt6Stats, type Rt6Stats, rt6Stats } from "./rt6-stats.ts";
