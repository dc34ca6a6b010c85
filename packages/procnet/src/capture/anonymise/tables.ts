import type { ByteOrder } from "../../codes/byte-order.ts";
import type { AddressMap } from "./addresses.ts";
import type { NameMap } from "./names.ts";
import { hexMac, hostHex4, hostHex6, type Map4, netHex4, netHex6, printed, short6 } from "./text.ts";

/** What a table is rewritten with. */
export interface Disguise {
  readonly addresses: AddressMap;
  readonly names: NameMap;
  readonly byteOrder: ByteOrder;
}

/** Rewrites a text, one character for each byte. */
type Rewrite = (text: string, disguise: Disguise) => string;
/** What becomes of a token. */
type Column = (token: string, disguise: Disguise) => string;

/** Lines with the columns that hold something to hide; `skip` lines of header before them. */
/* @__NO_SIDE_EFFECTS__ */
function table(skip: number, columns: Readonly<Record<number, Column>>): Rewrite {
  return lines(skip, (line, disguise) => {
    let at = 0;
    return line.replace(/[^ \t]+/g, (token) => columns[at++]?.(token, disguise) ?? token);
  });
}

/* @__NO_SIDE_EFFECTS__ */
function lines(skip: number, rewrite: Rewrite): Rewrite {
  return (text, disguise) =>
    text
      .split("\n")
      .map((line, at) => (at < skip ? line : rewrite(line, disguise)))
      .join("\n");
}

const iface: Column = (token, { names }) => names.iface(token);
const name: Column = (token, { names }) => names.name(token);
const nearby =
  ({ addresses }: Disguise): Map4 =>
  (word) =>
    addresses.nearby4(word);
const anywhere =
  ({ addresses }: Disguise): Map4 =>
  (word) =>
    addresses.ipv4(word);
const host4: Column = (token, disguise) => hostHex4(token, disguise.byteOrder, nearby(disguise));
const net4: Column = (token, disguise) => netHex4(token, anywhere(disguise));
const net6: Column = (token, { addresses }) => netHex6(token, addresses);
const text: Column = (token, disguise) => printed(token, disguise.addresses, anywhere(disguise));
const nearbyText: Rewrite = (token, disguise) => printed(token, disguise.addresses, nearby(disguise));

/** An address, a colon, a port. */
const endpoint: Column = (token, disguise) => {
  const colon = token.indexOf(":");
  const address = token.slice(0, colon);
  const mapped =
    colon > 8
      ? hostHex6(address, disguise.byteOrder, disguise.addresses)
      : hostHex4(address, disguise.byteOrder, anywhere(disguise));
  return mapped + token.slice(colon);
};

const SAME: Rewrite = (text) => text;
const INET = /* @__PURE__ */ table(1, { 1: endpoint, 2: endpoint });

/** Without a blank behind the colon up to 2.6.34; the name may have held a colon then. */
const DEV = lines(2, (line, { names }) =>
  line.replace(/^( *)(.*)(:[^:]*)$/s, (_, before, device, counters) => `${before}${names.iface(device)}${counters}`),
);

/** Read from both ends: devices without hardware addresses leave the column blank. */
const ARP = lines(1, (line, disguise) =>
  nearbyText(line, disguise).replace(/[^ ]+( *)$/, (end) => disguise.names.iface(end.trimEnd())),
);

const IGMP = lines(1, (line, disguise) =>
  line.startsWith("\t")
    ? line.replace(/[^\t ]+/, (token) => hostHex4(token, disguise.byteOrder, anywhere(disguise)))
    : line.replace(
        /^(\d+\t)([^: ]+)( *)/,
        (_, index, device, blanks) => index + disguise.names.iface(device).padEnd(device.length + blanks.length),
      ),
);

/** The device has its place: behind four characters and a blank. */
const PTYPE = lines(1, (line, { names }) =>
  line.replace(/^(.{4} )([^ ]+)/s, (_, type, device) => type + names.iface(device).padEnd(device.length)),
);

/** Flag of ip_mr_vif: the column Local is the index of an interface, VIFF_USE_IFINDEX of linux/mroute.h. */
const USE_IFINDEX = 0x8;

const IP_MR_VIF = lines(1, (line, disguise) => {
  const hasIndex = (Number.parseInt(line.split(/ +/).filter(Boolean)[6] ?? "0", 16) & USE_IFINDEX) !== 0;
  return table(0, { 1: iface, 7: hasIndex ? (token) => token : host4, 8: host4 })(line, disguise);
});

/** A name may hold newlines: what does not begin like a row belongs to the path of the row before. */
const UNIX_ROW = /^((?:[0-9a-f]{8,16}|\([_ptrval]+\)|pK-error): (?:[0-9A-F]+ ){5} *[0-9]+)(?: (.*))?$/s;

const UNIX = lines(1, (line, { names }) => {
  const row = UNIX_ROW.exec(line);
  if (row === null) return names.path(line);
  const [, columns = "", path] = row;
  return path === undefined ? columns : `${columns} ${names.path(path)}`;
});

const VLAN = lines(0, (line, { names }) =>
  line
    .replace(/^([^ ]+)(?= {2}VID: )/, (device) => names.iface(device))
    .replace(/^(Device: )(.*)$/s, (_, key, device) => key + names.iface(device)),
);

const VLAN_CONFIG = lines(2, (line, { names }) =>
  line.replace(
    /^(.*?) *(\| \d+ +\| )(.*)$/s,
    (_, device, id, real) => `${names.iface(device).padEnd(15)}${id}${names.iface(real)}`,
  ),
);

const BONDING = lines(0, (line, disguise) => {
  const { addresses, names } = disguise;
  const [, key = "", targets = ""] = /^(NS IPv6 target\/s \([^)]*\): )(.*)$/s.exec(line) ?? [];
  if (key !== "") return key + targets.replace(/[^, ]+/g, (target) => short6(target, addresses));
  const [, slaveKey = "", device = "", rest = ""] =
    /^((?:Slave Interface|Currently Active Slave|Primary Slave): )([^ ]+)(.*)$/s.exec(line) ?? [];
  if (slaveKey !== "") return slaveKey + (device === "None" ? device : names.iface(device)) + rest;
  return text(line, disguise).replace(
    /^(bond )([^ ]+)(?= has no active aggregator)/,
    (_, before, bond) => before + names.iface(bond),
  );
});

const IP_VS = lines(1, (line, disguise) =>
  text(line, disguise).replace(/(?<![\w])[0-9A-F]{8}(?=:[0-9A-F]{4}(?!\w))/g, (hex) => net4(hex, disguise)),
);
const IP_VS_END: Column = (token, disguise) => (token.length === 8 ? net4(token, disguise) : text(token, disguise));
const IP_VS_ENDS = { 1: IP_VS_END, 3: IP_VS_END, 5: IP_VS_END } as const;

const PNP = /* @__PURE__ */ lines(0, (line, disguise) =>
  line.startsWith("domain ") ? `domain ${disguise.names.name(line.slice(7))}` : nearbyText(line, disguise),
);

/** Tables without addresses and names, but for those that are the same on every machine. */
const HARMLESS =
  "snmp snmp6 netstat sockstat sockstat6 softnet_stat protocols psched xfrm_stat tls_stat rt6_stats rt_acct fib_triestat " +
  "netlink packet connector pfkey kcm_stats ip_vs_app ip_vs_stats ip_vs_stats_percpu netfilter/nf_log netfilter/nf_queue " +
  "netfilter/nfnetlink_log netfilter/nfnetlink_queue sctp/snmp sctp/sctp_dbg_objcnt rxrpc/stats can/stats can/version " +
  "rpc/nfs rpc/nfsd rpc/gss_krb5_enctypes rpc/use-gss-proxy stat/* dev_snmp6/*";

const TABLE_NAMES = /^(ip|ip6|arp)_tables_(names|matches|targets)$/;

const rules = (): ReadonlyMap<string, Rewrite> =>
  new Map<string, Rewrite>([
    ...HARMLESS.split(" ").map((file): [string, Rewrite] => [file, SAME]),
    ...["tcp", "udp", "udplite", "raw", "icmp"].flatMap((file): [string, Rewrite][] => [
      [file, INET],
      [`${file}6`, INET],
    ]),
    ["unix", UNIX],
    ["dev", DEV],
    ["dev_mcast", table(0, { 1: iface, 4: (token, { addresses }) => hexMac(token, addresses) })],
    ["if_inet6", table(0, { 0: net6, 5: iface })],
    ["ptype", PTYPE],
    ["vlan/config", VLAN_CONFIG],
    ["vlan/*", VLAN],
    ["bonding/*", BONDING],
    ["arp", ARP],
    ["route", table(1, { 0: iface, 1: host4, 2: host4 })],
    ["rt_cache", table(1, { 0: iface, 1: host4, 2: host4, 7: host4, 14: host4 })],
    ["ipv6_route", table(0, { 0: net6, 2: net6, 4: net6, 9: iface })],
    ["fib_trie", nearbyText],
    ["igmp", IGMP],
    ["igmp6", table(0, { 1: iface, 2: net6 })],
    ["anycast6", table(0, { 1: iface, 2: net6 })],
    ["mcfilter", table(1, { 1: iface, 2: net4, 3: net4 })],
    ["mcfilter6", table(1, { 1: iface, 2: net6, 3: net6 })],
    ["ip6_flowlabel", table(1, { 6: net6 })],
    ["ip_mr_vif", IP_MR_VIF],
    ["ip6_mr_vif", table(1, { 1: iface })],
    ["ip_mr_cache", table(1, { 0: host4, 1: host4 })],
    ["ip6_mr_cache", table(1, { 0: text, 1: text })],
    ["nf_conntrack_expect", text],
    ["xt_recent/*", text],
    ["ipt_hashlimit/*", text],
    ["ip6t_hashlimit/*", text],
    ["ip_vs", IP_VS],
    ["ip_vs_conn", table(1, { ...IP_VS_ENDS, 10: name })],
    ["ip_vs_conn_sync", table(1, IP_VS_ENDS)],
    ["sctp/eps", text],
    ["sctp/assocs", text],
    ["sctp/remaddr", text],
    ["pnp", PNP],
    ["ipconfig/ntp_servers", nearbyText],
  ]);

const RULES: ReadonlyMap<string, Rewrite> = /* @__PURE__ */ rules();

/** How a table is rewritten; `undefined` for one that nobody has looked through for what it gives away. */
export function rewriteOf(file: string): Rewrite | undefined {
  if (TABLE_NAMES.test(file)) return SAME;
  return RULES.get(file) ?? RULES.get(file.replace(/\/[^/]*$/, "/*"));
}

const BY_INTERFACE = /^((?:dev_snmp6|bonding|vlan)\/)(.+)$/s;
const BY_NAME = /^((?:xt_recent|ipt_recent|ipt_hashlimit|ip6t_hashlimit)\/)(.+)$/s;

/** The name of a file that is called like an interface, or by an administrator. One character for each byte. */
export function fileName(file: string, { names }: Disguise): string {
  if (file === "vlan/config") return file;
  return file
    .replace(BY_INTERFACE, (_, directory, device) => directory + names.iface(device))
    .replace(BY_NAME, (_, directory, rest) => directory + names.name(rest));
}
