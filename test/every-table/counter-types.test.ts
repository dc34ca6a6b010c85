import { expect, expectTypeOf, it } from "vitest";
import type { CatalogueName, TableOf, Tables } from "../../packages/procnet/src/catalogue.ts";
import { type Counter, type Net, net, ProcFs } from "../../packages/procnet/src/index.ts";
import { parseDev } from "../../packages/procnet/src/parse.ts";

/*
 * Mostly types, which `npm run types` checks: what comes is a bigint exactly where the options say so.
 */

/** Entries of the catalogue whose type depends on that of 64-bit counters. */
type Counting = {
  [Name in CatalogueName]: [Tables<bigint>[Name]] extends [Tables<number>[Name]] ? never : Name;
}[CatalogueName];

type Rows<Name extends CatalogueName> = Tables<bigint>[Name] extends readonly (infer Row)[] ? Row : never;

const READ: { readonly [Name in Counting]: (of: Net) => TableOf<Name, bigint> } = {
  dev: (of) => of.read("dev", { bigint: true }),
  snmp: (of) => of.read("snmp", { bigint: true }),
  snmp6: (of) => of.read("snmp6", { bigint: true }),
  "dev_snmp6/*": (of) => of.read("dev_snmp6/lo", { bigint: true }),
  netstat: (of) => of.read("netstat", { bigint: true }),
  "stat/arp_cache": (of) => of.read("stat/arp_cache", { bigint: true }),
  "stat/clip_arp_cache": (of) => of.read("stat/clip_arp_cache", { bigint: true }),
  "stat/ndisc_cache": (of) => of.read("stat/ndisc_cache", { bigint: true }),
  tls_stat: (of) => of.read("tls_stat", { bigint: true }),
  xfrm_stat: (of) => of.read("xfrm_stat", { bigint: true }),
  pppol2tp: (of) => of.read("pppol2tp", { bigint: true }),
  "vlan/*": (of) => of.read("vlan/lo", { bigint: true }),
  nf_conntrack: (of) => of.read("nf_conntrack", { bigint: true }),
  "ipt_hashlimit/*": (of) => of.read("ipt_hashlimit/lo", { bigint: true }),
  "ip6t_hashlimit/*": (of) => of.read("ip6t_hashlimit/lo", { bigint: true }),
  ip_vs_stats: (of) => of.read("ip_vs_stats", { bigint: true }),
  ip_vs_stats_percpu: (of) => of.read("ip_vs_stats_percpu", { bigint: true }),
  ip_conntrack: (of) => of.read("ip_conntrack", { bigint: true }),
  "afs/stats": (of) => of.read("afs/stats", { bigint: true }),
  "can/rcvlist_all": (of) => of.read("can/rcvlist_all", { bigint: true }),
  "can/rcvlist_eff": (of) => of.read("can/rcvlist_eff", { bigint: true }),
  "can/rcvlist_err": (of) => of.read("can/rcvlist_err", { bigint: true }),
  "can/rcvlist_fil": (of) => of.read("can/rcvlist_fil", { bigint: true }),
  "can/rcvlist_inv": (of) => of.read("can/rcvlist_inv", { bigint: true }),
  "can/rcvlist_sff": (of) => of.read("can/rcvlist_sff", { bigint: true }),
  "can/stats": (of) => of.read("can/stats", { bigint: true }),
  "can-bcm/*": (of) => of.read("can-bcm/lo", { bigint: true }),
  kcm: (of) => of.read("kcm", { bigint: true }),
  kcm_stats: (of) => of.read("kcm_stats", { bigint: true }),
  "sctp/snmp": (of) => of.read("sctp/snmp", { bigint: true }),
  ip_mr_cache: (of) => of.read("ip_mr_cache", { bigint: true }),
  ip_mr_vif: (of) => of.read("ip_mr_vif", { bigint: true }),
  ip6_mr_cache: (of) => of.read("ip6_mr_cache", { bigint: true }),
  ip6_mr_vif: (of) => of.read("ip6_mr_vif", { bigint: true }),
  "rpc/nfs": (of) => of.read("rpc/nfs", { bigint: true }),
  "rpc/nfsd": (of) => of.read("rpc/nfsd", { bigint: true }),
};

type RowName = {
  [Name in Counting]: Tables<bigint>[Name] extends readonly unknown[] ? Name : never;
}[Counting];

const EACH: { readonly [Name in RowName]: (of: Net) => Generator<Rows<Name>, void, undefined> } = {
  dev: (of) => of.each("dev", { bigint: true }),
  "stat/arp_cache": (of) => of.each("stat/arp_cache", { bigint: true }),
  "stat/clip_arp_cache": (of) => of.each("stat/clip_arp_cache", { bigint: true }),
  "stat/ndisc_cache": (of) => of.each("stat/ndisc_cache", { bigint: true }),
  pppol2tp: (of) => of.each("pppol2tp", { bigint: true }),
  nf_conntrack: (of) => of.each("nf_conntrack", { bigint: true }),
  "ipt_hashlimit/*": (of) => of.each("ipt_hashlimit/lo", { bigint: true }),
  "ip6t_hashlimit/*": (of) => of.each("ip6t_hashlimit/lo", { bigint: true }),
  ip_conntrack: (of) => of.each("ip_conntrack", { bigint: true }),
  "can/rcvlist_all": (of) => of.each("can/rcvlist_all", { bigint: true }),
  "can/rcvlist_eff": (of) => of.each("can/rcvlist_eff", { bigint: true }),
  "can/rcvlist_err": (of) => of.each("can/rcvlist_err", { bigint: true }),
  "can/rcvlist_fil": (of) => of.each("can/rcvlist_fil", { bigint: true }),
  "can/rcvlist_inv": (of) => of.each("can/rcvlist_inv", { bigint: true }),
  "can/rcvlist_sff": (of) => of.each("can/rcvlist_sff", { bigint: true }),
  kcm: (of) => of.each("kcm", { bigint: true }),
  ip_mr_cache: (of) => of.each("ip_mr_cache", { bigint: true }),
  ip_mr_vif: (of) => of.each("ip_mr_vif", { bigint: true }),
  ip6_mr_cache: (of) => of.each("ip6_mr_cache", { bigint: true }),
  ip6_mr_vif: (of) => of.each("ip6_mr_vif", { bigint: true }),
};

const METHODS: {
  netstat: (of: Net) => TableOf<"netstat", bigint>;
  statArpCache: (of: Net) => TableOf<"stat/arp_cache", bigint>;
  statClipArpCache: (of: Net) => TableOf<"stat/clip_arp_cache", bigint>;
  statNdiscCache: (of: Net) => TableOf<"stat/ndisc_cache", bigint>;
  tlsStat: (of: Net) => TableOf<"tls_stat", bigint>;
  xfrmStat: (of: Net) => TableOf<"xfrm_stat", bigint>;
  pppol2tp: (of: Net) => TableOf<"pppol2tp", bigint>;
  ipMrCache: (of: Net) => TableOf<"ip_mr_cache", bigint>;
  ipMrVif: (of: Net) => TableOf<"ip_mr_vif", bigint>;
  ip6MrCache: (of: Net) => TableOf<"ip6_mr_cache", bigint>;
  ip6MrVif: (of: Net) => TableOf<"ip6_mr_vif", bigint>;
  nfConntrack: (of: Net) => TableOf<"nf_conntrack", bigint>;
  ipVsStats: (of: Net) => TableOf<"ip_vs_stats", bigint>;
  ipVsStatsPercpu: (of: Net) => TableOf<"ip_vs_stats_percpu", bigint>;
} = {
  netstat: (of) => of.netstat({ bigint: true }),
  statArpCache: (of) => of.statArpCache({ bigint: true }),
  statClipArpCache: (of) => of.statClipArpCache({ bigint: true }),
  statNdiscCache: (of) => of.statNdiscCache({ bigint: true }),
  tlsStat: (of) => of.tlsStat({ bigint: true }),
  xfrmStat: (of) => of.xfrmStat({ bigint: true }),
  pppol2tp: (of) => of.pppol2tp({ bigint: true }),
  ipMrCache: (of) => of.ipMrCache({ bigint: true }),
  ipMrVif: (of) => of.ipMrVif({ bigint: true }),
  ip6MrCache: (of) => of.ip6MrCache({ bigint: true }),
  ip6MrVif: (of) => of.ip6MrVif({ bigint: true }),
  nfConntrack: (of) => of.nfConntrack({ bigint: true }),
  ipVsStats: (of) => of.ipVsStats({ bigint: true }),
  ipVsStatsPercpu: (of) => of.ipVsStatsPercpu({ bigint: true }),
};

declare const open: { readonly bigint: boolean };

/** Never called. */
function forms(of: Net): void {
  expectTypeOf(of.read("dev")[0]!.recvBytes).toEqualTypeOf<number>();
  expectTypeOf(of.read("dev", { bigint: false })[0]!.recvBytes).toEqualTypeOf<number>();
  expectTypeOf(of.read("dev", { onIssue: () => {} })[0]!.recvBytes).toEqualTypeOf<number>();
  expectTypeOf(of.read("dev", open)[0]!.recvBytes).toEqualTypeOf<Counter>();
  for (const row of of.each("dev", { bigint: true })) expectTypeOf(row.recvBytes).toEqualTypeOf<bigint>();
  for (const row of of.each("dev")) expectTypeOf(row.recvBytes).toEqualTypeOf<number>();
  for (const row of of.each("dev", open)) expectTypeOf(row.recvBytes).toEqualTypeOf<Counter>();
  for (const row of of.each("tcp", { where: { state: "LISTEN" } })) expectTypeOf(row.inode).toEqualTypeOf<number>();
  expectTypeOf(of.devStatus({ bigint: true }).get("lo")!.recvBytes).toEqualTypeOf<bigint>();
  expectTypeOf(of.devStatus().get("lo")!.recvBytes).toEqualTypeOf<number>();
  expectTypeOf(of.devStatus(open).get("lo")!.recvBytes).toEqualTypeOf<Counter>();
  expectTypeOf<ReturnType<Net["devStatus"]>>().toEqualTypeOf(of.devStatus());
  expectTypeOf(new ProcFs().self().stat({ bigint: true }).vsize).toEqualTypeOf<bigint>();
  expectTypeOf(new ProcFs().self().stat().vsize).toEqualTypeOf<number>();
  expectTypeOf(new ProcFs().self().stat(open).vsize).toEqualTypeOf<Counter>();
}

it("counters come as they are typed, in each form", () => {
  expect(typeof READ.dev(net)[0]!.recvBytes).toBe("bigint");
  for (const row of EACH.dev(net)) expect(typeof row.recvBytes).toBe("bigint");
  expect(typeof METHODS.netstat(net).IpExt.InOctets).toBe("bigint");
  expect(typeof net.devStatus({ bigint: true }).get("lo")!.recvBytes).toBe("bigint");
  expect(typeof forms).toBe("function");
});

it("parseDev says what comes, also where the options leave it open", () => {
  const text = new Uint8Array(0);
  const open: { readonly bigint: boolean } = { bigint: Math.random() < 2 };
  type Bytes<Read> = Read extends Map<string, infer Row extends { recvBytes: Counter }> ? Row["recvBytes"] : never;
  const read = [parseDev(text), parseDev(text, {}), parseDev(text, { bigint: true }), parseDev(text, open)] as const;
  expectTypeOf<Bytes<(typeof read)[0]>>().toEqualTypeOf<number>();
  expectTypeOf<Bytes<(typeof read)[1]>>().toEqualTypeOf<number>();
  expectTypeOf<Bytes<(typeof read)[2]>>().toEqualTypeOf<bigint>();
  expectTypeOf<Bytes<(typeof read)[3]>>().toEqualTypeOf<Counter>();
});
