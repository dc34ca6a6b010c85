import { type CatalogueEntry, entry, type FileFacts } from "../../form/catalogue-entry.ts";
import type { Counter } from "../../form/options.ts";
import { rawTextTable } from "../../form/raw-text.ts";
import { type StatNfConntracks, statNfConntrackTable } from "../counters/stat-nf-conntrack.ts";
import { ipConntrackTable, type NfConntrackEntries } from "../netfilter/nf-conntrack.ts";
import { type NfConntrackExpectEntries, nfConntrackExpectTable } from "../netfilter/nf-conntrack-expect.ts";

/** Files of old kernels and of code outside of the kernel's tree: known, so that a capture from there is no surprise. */
export interface OldTables<Value extends Counter = number> {
  readonly ip_conntrack: NfConntrackEntries<Value>;
  readonly ip_conntrack_expect: NfConntrackExpectEntries;
  readonly "stat/ip_conntrack": StatNfConntracks;
  readonly ip_queue: string;
  readonly ip6_queue: string;
  readonly ip_fwchains: string;
  readonly ip_fwnames: string;
  readonly ip_masquerade: string;
  readonly ip_input: string;
  readonly ip_output: string;
  readonly ip_forward: string;
  readonly ip_acct: string;
  readonly ndisc: string;
  readonly rarp: string;
  readonly softnet: string;
  readonly profile: string;
  readonly tr_rif: string;
  readonly decnet: string;
  readonly decnet_dev: string;
  readonly decnet_neigh: string;
  readonly decnet_cache: string;
  readonly decnet_route: string;
  readonly "stat/dn_neigh_cache": string;
  readonly "ipx/interface": string;
  readonly "ipx/route": string;
  readonly "ipx/socket": string;
  readonly "irda/*": string;
  readonly ircomm: string;
  readonly irlan: string;
  readonly irnet: string;
  readonly econet: string;
  readonly "wanrouter/*": string;
  readonly appletalk: string;
  readonly atalk_iface: string;
  readonly tcpprobe: string;
  readonly dccpprobe: string;
  readonly sctpprobe: string;
  readonly "hostap/*": string;
  readonly "rtl8192/*": string;
  readonly "ieee80211/*": string;
  readonly "xt_qtaguid/ctrl": string;
  readonly "xt_qtaguid/stats": string;
  readonly "xt_qtaguid/iface_stat_all": string;
  readonly "xt_qtaguid/iface_stat_fmt": string;
  readonly "mptcp_net/mptcp": string;
  readonly "mptcp_net/snmp": string;
  readonly mptcp_fullmesh: string;
  readonly layer7_numpackets: string;
  readonly "xt_quota/*": string;
  readonly ipp2p: string;
}

const COMPAT = "CONFIG_NF_CONNTRACK_PROC_COMPAT, module nf_conntrack_ipv4";
const DECNET = "CONFIG_DECNET, module decnet";
const IPX = "CONFIG_IPX, module ipx";
const IRDA = "CONFIG_IRDA, module irda";
const VENDOR = "code outside of the kernel's tree";

function old(needs: string, until: string, more: Partial<FileFacts> = {}): CatalogueEntry<string> {
  return entry<string, never>(rawTextTable, { needs, until, ...more });
}

function vendor(needs: string): CatalogueEntry<string> {
  return entry<string, never>(rawTextTable, { needs: `${needs}, ${VENDOR}` });
}

/** A trace: a read waits for the next packet and takes its line away from other readers. */
function probe(module: string): CatalogueEntry<string> {
  const sideEffect = "waits for packets without end, and takes the lines from other readers";
  return old(`module ${module}`, "4.16", { readers: "root", scope: "machine", sideEffect });
}

const initial = { scope: "initial" } as const;

export const OLD: { readonly [Name in keyof OldTables]: CatalogueEntry<OldTables<Counter>[Name]> } = {
  ip_conntrack: entry(ipConntrackTable, {
    needs: COMPAT,
    until: "4.9",
    readers: "root",
    sideEffect: "deletes the expired entries it meets",
  }),
  ip_conntrack_expect: entry(nfConntrackExpectTable, { needs: COMPAT, until: "4.9", readers: "root" }),
  "stat/ip_conntrack": entry(statNfConntrackTable, { needs: COMPAT, until: "4.9" }),
  ip_queue: old("CONFIG_IP_NF_QUEUE, module ip_queue", "3.5"),
  ip6_queue: old("CONFIG_IP6_NF_QUEUE, module ip6_queue", "3.5"),
  ip_fwchains: old("module ipchains", "2.6", { since: "2.2" }),
  ip_fwnames: old("module ipchains", "2.6", { since: "2.2" }),
  ip_masquerade: old("module ipchains", "2.6", { since: "2.0" }),
  ip_input: old("module ipfwadm", "2.6", { since: "2.0" }),
  ip_output: old("module ipfwadm", "2.6", { since: "2.0" }),
  ip_forward: old("module ipfwadm", "2.6", { since: "2.0" }),
  ip_acct: old("module ipfwadm", "2.6", { since: "2.0" }),
  ndisc: old("CONFIG_IPV6", "2.6", { since: "2.2" }),
  rarp: old("CONFIG_INET_RARP, module rarp", "2.6", { since: "2.0" }),
  softnet: old("CONFIG_NET", "2.6", { since: "2.2" }),
  profile: old("CONFIG_NET_PROFILE", "2.6", { since: "2.2" }),
  tr_rif: old("CONFIG_TR", "3.5"),
  decnet: old(DECNET, "6.1", initial),
  decnet_dev: old(DECNET, "6.1", initial),
  decnet_neigh: old(DECNET, "6.1", initial),
  decnet_cache: old(DECNET, "6.1", initial),
  decnet_route: old(DECNET, "6.1", initial),
  "stat/dn_neigh_cache": old(DECNET, "6.1", initial),
  "ipx/interface": old(IPX, "4.18", initial),
  "ipx/route": old(IPX, "4.18", initial),
  "ipx/socket": old(IPX, "4.18", initial),
  "irda/*": old(IRDA, "4.17", initial),
  ircomm: old(IRDA, "4.17", initial),
  irlan: old(IRDA, "4.17", initial),
  irnet: old(IRDA, "4.17", initial),
  econet: old("CONFIG_ECONET, module econet", "3.5"),
  "wanrouter/*": old("CONFIG_WAN_ROUTER, module wanrouter", "3.10"),
  appletalk: old("CONFIG_ATALK, module appletalk", "2.6", { since: "2.0" }),
  atalk_iface: old("CONFIG_ATALK, module appletalk", "2.6", { since: "2.0" }),
  tcpprobe: probe("tcp_probe"),
  dccpprobe: probe("dccp_probe"),
  sctpprobe: probe("sctp_probe"),
  "hostap/*": old("CONFIG_HOSTAP, module hostap", "6.8", initial),
  "rtl8192/*": old("CONFIG_RTL8192U or CONFIG_RTL8192E, modules of the same name", "6.3", initial),
  "ieee80211/*": entry(rawTextTable, { needs: "CONFIG_LIBIPW_DEBUG, module libipw", scope: "initial" }),
  "xt_qtaguid/ctrl": vendor("Android before 10"),
  "xt_qtaguid/stats": vendor("Android before 10"),
  "xt_qtaguid/iface_stat_all": vendor("Android before 10"),
  "xt_qtaguid/iface_stat_fmt": vendor("Android before 10"),
  "mptcp_net/mptcp": vendor("MPTCP 0.9x"),
  "mptcp_net/snmp": vendor("MPTCP 0.9x"),
  mptcp_fullmesh: vendor("MPTCP 0.9x"),
  layer7_numpackets: vendor("l7-filter"),
  "xt_quota/*": vendor("xtables-addons"),
  ipp2p: vendor("ipp2p"),
};
