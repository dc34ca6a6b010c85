import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import type { ReadFamily } from "./exposition.ts";

/** What differs from node_exporter 1.5, and why. docs/metrics.md has it as a table, and tests accept nothing else. */
export interface Deviation {
  readonly families: RegExp;
  /** What the page says of which families it is. */
  readonly what: string;
  readonly why: string;
}

const NEWER = "node_exporter has it since a version after 1.5.";

/** Collectors that are compared over a tree of files, as few machines have what they read. */
export const TREE_COLLECTORS: readonly string[] = [
  ...["bonding", "conntrack", "infiniband", "ipvs", "lnstat", "netclass", "nfs", "nfsd"],
];

/** What is otherwise and no test can see, or only with other versions, kernels or flags. */
export const OTHERWISE: readonly Pick<Deviation, "what" | "why">[] = [
  { what: "HELP", why: "Own words." },
  { what: "`ethtool`, `qdisc`, `wifi`", why: "Not had: neither procfs nor sysfs has what they tell." },
  { what: "`network_route`, `node_network_altnames_info`", why: "Only where the server has a source of the kernel." },
  {
    what: "`node_network_address_info`, `node_network_altnames_info`, label `ifalias`, detailed names of netdev",
    why: "Not had: node_exporter gives them only with flags that ask for them.",
  },
  {
    what: "`--collector.ipvs.backend-labels`, `--collector.netclass.ignore-invalid-speed`",
    why: "No such flags: IPVS has all its labels, and `node_network_speed_bytes` is negative where the kernel says -1, as without the flags.",
  },
  {
    what: "devices of netdev",
    why: "All. Debian's node_exporter leaves out `lo` unless it is told otherwise; upstream does not.",
  },
  {
    what: "columns that the kernel does not have (softnet, `search_restart`)",
    why: "Left out; node_exporter gives 0.",
  },
  {
    what: "netclass where sysfs shows another network namespace than procfs",
    why: "Success is 0; node_exporter gives the devices of the other one.",
  },
  {
    what: "names of devices that are not UTF-8",
    why: "`\\xff` for each byte in question; node_exporter 1.5 ends with a panic.",
  },
  {
    what: "`nf_flowtable` of lnstat",
    why: "Its numbers are decimal; node_exporter reads all of lnstat as hexadecimal.",
  },
  {
    what: "`collect[]` with a collector that is off",
    why: "It is run; node_exporter answers 400. One that does not exist is 400 with both.",
  },
  { what: "`exclude[]`", why: NEWER },
];

/** Collectors that 1.5 does not have. */
export const NEWER_COLLECTORS: ReadonlySet<string> = new Set(["xfrm"]);

/** Families that only we have. */
export const ONLY_OURS: readonly Deviation[] = [
  { families: /^node_xfrm_/, what: "`node_xfrm_*`", why: NEWER },
  {
    families: /^node_netstat_TcpExt_(TCPOFOQueue|TCPRcvQDrop)$/,
    what: "`node_netstat_TcpExt_TCPOFOQueue`, `node_netstat_TcpExt_TCPRcvQDrop`",
    why: NEWER,
  },
  {
    families: /^node_softnet_(backlog_len|cpu_collision_total|flow_limit_count_total|received_rps_total)$/,
    what: "`node_softnet_backlog_len`, `_cpu_collision_total`, `_flow_limit_count_total`, `_received_rps_total`",
    why: NEWER,
  },
  {
    families: /^node_infiniband_((duplicate|implied|lifespan|local_ack|np|out_of|packet|req|resp|rnr|roce|rp|rx)_.*)$/,
    what: "`node_infiniband_*` of `hw_counters`",
    why: NEWER,
  },
];

/** Series that only we have, of families that both have. */
export const SERIES_ONLY_OURS: readonly Deviation[] = [
  {
    families: /^node_nfsd_requests_total method="(SetClientID|SetClientIDConfirm|WdelegGetattr)",proto="4"$/,
    what: "`node_nfsd_requests_total` of `SetClientID`, `SetClientIDConfirm`, `WdelegGetattr`",
    why: NEWER,
  },
];

/** Labels that only we have. */
export const LABELS_ONLY_OURS: ReadonlyMap<string, string> = new Map([["node_network_info", "adminstate"]]);

/** Values that cannot be equal, and how far they are from each other at most. */
export const OTHER_VALUES: readonly (Deviation & { readonly most: number })[] = [
  {
    families: /^node_sockstat_sockets_used $/,
    what: "`node_sockstat_sockets_used`",
    why: "node_exporter opens sockets of netlink while it reads, and counts them.",
    most: 8,
  },
  {
    families: /^node_tcp_connection_states state="tx_queued_bytes"$/,
    what: '`node_tcp_connection_states{state="tx_queued_bytes"}`',
    why: "node_exporter asks the kernel by netlink, which gives the limit of the backlog of listeners as bytes to be sent. `/proc/net/tcp` has 0 there, and so have we.",
    most: 1e5,
  },
  {
    families: /^node_nfsd_requests_total method="(RelLockOwner|Verify|Write)",proto="4"$/,
    what: "`node_nfsd_requests_total` of `RelLockOwner`, `Verify`, `Write` of version 4",
    why: "node_exporter 1.5 takes them two places too early in the line: it does not count `SetClientID` and `SetClientIDConfirm`.",
    most: Number.POSITIVE_INFINITY,
  },
];

/** Families that only they have and that are not of networks. */
export const ONLY_THEIRS: ReadonlySet<string> = new Set([
  "node_exporter_build_info",
  "promhttp_metric_handler_errors_total",
]);

/** What is left to be told of three scrapes in a row, ours, theirs and ours: nothing where both say the same. */
export function differences([before, theirs, after]: readonly [
  ReadonlyFamilies,
  ReadonlyFamilies,
  ReadonlyFamilies,
]): string[] {
  const found: string[] = [];
  for (const name of theirs.keys()) {
    if (!before.has(name) && !ONLY_THEIRS.has(name)) found.push(`only theirs: ${name}`);
  }
  for (const [name, family] of before) {
    const other = theirs.get(name);
    const isExpected = ONLY_OURS.some(({ families }) => families.test(name));
    if (isExpected !== (other === undefined)) found.push(`${isExpected ? "not only" : "only"} ours: ${name}`);
    else if (other !== undefined) found.push(...familyDifferences(name, [family, other, after.get(name)]));
  }
  return found;
}

type ReadonlyFamilies = ReadonlyMap<string, ReadFamily>;

function familyDifferences(
  name: string,
  [before, theirs, after]: readonly [ReadFamily, ReadFamily, ReadFamily | undefined],
): string[] {
  const found: string[] = [];
  if (before.type !== theirs.type) found.push(`type of ${name}: ${before.type}, theirs ${theirs.type}`);
  const extra = LABELS_ONLY_OURS.get(name);
  const [first, last] = [before, after].map((family) => withoutLabel(family?.samples ?? new Map(), extra));
  for (const key of new Set([...first!.keys(), ...theirs.samples.keys()])) {
    const [from, value, to] = [first!.get(key), theirs.samples.get(key), last!.get(key)];
    const isOurs = SERIES_ONLY_OURS.some(({ families }) => families.test(`${name} ${key}`));
    if (isOfNewer(key) || (isOurs && value === undefined)) continue;
    const { most = 0 } = OTHER_VALUES.find(({ families }) => families.test(`${name} ${key}`)) ?? {};
    if (from === undefined || value === undefined) found.push(`${name} ${key}: ${from}, theirs ${value}`);
    else if (isTimed(name)) continue;
    else if (to === undefined || value < Math.min(from, to) - most || value > Math.max(from, to) + most)
      found.push(`${name} ${key}: ${from}, theirs ${value}, then ${to}`);
  }
  return found;
}

/** Whether it is the success or duration of a collector that they do not have. */
function isOfNewer(labels: string): boolean {
  return [...NEWER_COLLECTORS].some((name) => labels === `collector="${name}"`);
}

/** How long reading took is nobody's but one's own. */
function isTimed(name: string): boolean {
  return name === "node_scrape_collector_duration_seconds";
}

function withoutLabel(samples: ReadonlyMap<string, number>, label: string | undefined): Map<string, number> {
  const pattern = label === undefined ? undefined : new RegExp(`(^|,)${label}="[^"]*"`);
  return new Map([...samples].map(([key, value]) => [pattern ? key.replace(pattern, "") : key, value]));
}

/** Waits until a program has said something, and gives what it said of it. */
export async function said(child: ChildProcess, words: RegExp): Promise<readonly string[]> {
  let text = "";
  const ended = once(child, "exit").then(() => {
    throw new Error(`${child.spawnargs.join(" ")} has ended: ${text}`);
  });
  const found = new Promise<readonly string[]>((resolve) => {
    for (const stream of [child.stdout, child.stderr]) {
      stream?.setEncoding("utf8").on("data", (part: string) => {
        text += part;
        const match = words.exec(text);
        if (match !== null) resolve(match);
      });
    }
  });
  return Promise.race([found, ended]);
}
