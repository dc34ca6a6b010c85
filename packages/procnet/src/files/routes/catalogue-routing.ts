import { type CatalogueEntry, entry } from "../../form/catalogue-entry.ts";
import type { Counter } from "../../form/options.ts";
import { type Anycast6Rows, anycast6Table } from "./anycast6.ts";
import { type FibTrieRows, fibTrieTable } from "./fib-trie.ts";
import { type FibTriestatRows, fibTriestatTable } from "./fib-triestat.ts";
import { type IgmpRows, igmpTable } from "./igmp.ts";
import { type Igmp6Rows, igmp6Table } from "./igmp6.ts";
import { type IpMrCacheRows, ip6MrCacheTable, ipMrCacheTable } from "./ip-mr-cache.ts";
import { type Ip6MrVifRows, type IpMrVifRows, ip6MrVifTable, ipMrVifTable } from "./ip-mr-vif.ts";
import { type Ip6FlowlabelRows, ip6FlowlabelTable } from "./ip6-flowlabel.ts";
import { type Ipv6RouteRows, ipv6RouteTable } from "./ipv6-route.ts";
import { type McfilterRows, mcfilter6Table, mcfilterTable } from "./mcfilter.ts";
import { type RtAcctClasses, rtAcctTable } from "./rt-acct.ts";
import { type RtCacheRows, rtCacheTable } from "./rt-cache.ts";
import { type Rt6Stats, rt6StatsTable } from "./rt6-stats.ts";

/** Routes and multicast groups. */
export interface RoutingTables<Value extends Counter = number> {
  readonly anycast6: Anycast6Rows;
  readonly fib_trie: FibTrieRows;
  readonly fib_triestat: FibTriestatRows;
  readonly igmp: IgmpRows;
  readonly igmp6: Igmp6Rows;
  readonly ip_mr_cache: IpMrCacheRows<Value>;
  readonly ip_mr_vif: IpMrVifRows<Value>;
  readonly ip6_flowlabel: Ip6FlowlabelRows;
  readonly ip6_mr_cache: IpMrCacheRows<Value>;
  readonly ip6_mr_vif: Ip6MrVifRows<Value>;
  readonly ipv6_route: Ipv6RouteRows;
  readonly mcfilter: McfilterRows;
  readonly mcfilter6: McfilterRows;
  readonly rt_acct: RtAcctClasses;
  readonly rt_cache: RtCacheRows;
  readonly rt6_stats: Rt6Stats | undefined;
}

const IPV6 = { needs: "CONFIG_IPV6, module ipv6" } as const;
const IP_MULTICAST = { needs: "CONFIG_IP_MULTICAST" } as const;
const IP_MROUTE = { needs: "CONFIG_IP_MROUTE" } as const;
const IPV6_MROUTE = { needs: "CONFIG_IPV6_MROUTE, module ipv6", since: "2.6.26" } as const;

export const ROUTING: { readonly [Name in keyof RoutingTables]: CatalogueEntry<RoutingTables<Counter>[Name]> } = {
  anycast6: entry(anycast6Table, IPV6),
  fib_trie: entry(fibTrieTable, { needs: "CONFIG_INET" }),
  fib_triestat: entry(fibTriestatTable, { needs: "CONFIG_INET" }),
  igmp: entry(igmpTable, IP_MULTICAST),
  igmp6: entry(igmp6Table, IPV6),
  ip_mr_cache: entry(ipMrCacheTable, IP_MROUTE),
  ip_mr_vif: entry(ipMrVifTable, IP_MROUTE),
  ip6_flowlabel: entry(ip6FlowlabelTable, IPV6),
  ip6_mr_cache: entry(ip6MrCacheTable, IPV6_MROUTE),
  ip6_mr_vif: entry(ip6MrVifTable, IPV6_MROUTE),
  ipv6_route: entry(ipv6RouteTable, IPV6),
  mcfilter: entry(mcfilterTable, IP_MULTICAST),
  mcfilter6: entry(mcfilter6Table, IPV6),
  rt_acct: entry(rtAcctTable, { needs: "CONFIG_IP_ROUTE_CLASSID", scope: "machine" }),
  rt_cache: entry(rtCacheTable, { needs: "CONFIG_INET" }),
  rt6_stats: entry(rt6StatsTable, IPV6),
};
