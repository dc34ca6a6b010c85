import { existsSync } from "node:fs";
import { type BaseProcFs, isProcfsError, Net, type TableName } from "procnet";
import type { Finding } from "./finding.ts";
import { mayRead } from "./own.ts";

/** Files that commands read, and those that are asked for most. */
const FILES: readonly TableName[] = [
  ...(["tcp", "tcp6", "udp", "udp6", "udplite", "udplite6", "raw", "raw6", "icmp", "icmp6"] as const),
  ...(["unix", "netlink", "packet", "sctp/eps", "sctp/assocs"] as const),
  ...(["dev", "if_inet6", "route", "fib_trie", "ipv6_route", "arp", "igmp", "igmp6", "wireless"] as const),
  ...(["snmp", "netstat", "snmp6", "sockstat", "sockstat6", "softnet_stat", "sctp/snmp", "xfrm_stat"] as const),
  ...(["nf_conntrack", "stat/nf_conntrack", "ip_vs"] as const),
];

/** What of the kernel's files is missing or closed to this reader. */
export function kernelFindings(procfs: BaseProcFs, isCapture: boolean): Finding[] {
  const net = new Net(procfs.place);
  const here = net.list();
  const missing = FILES.filter((name) => !here.includes(name));
  const closed = here.filter((name) => !mayRead(`${net.directory}/${name}`));
  const found: Finding[] = [
    {
      topic: "files",
      status: here.length === 0 ? "failed" : "ok",
      finding: `${here.length} files in ${net.directory}; procnet show lists them`,
    },
  ];
  if (isCapture && missing.length > 0) found.push(absent(missing, "what was captured had none, or they were left out"));
  if (!isCapture) for (const [needs, names] of byNeed(net, missing)) found.push(absent(names, needs));
  if (closed.length > 0) found.push(closedFinding(closed, isCapture));
  if (!isCapture && !existsSync("/sys/class/net")) {
    found.push({
      topic: "sysfs",
      status: "absent",
      finding: "/sys/class/net is not there: interfaces have no state, MTU or hardware address",
      remedy: "mount -t sysfs sysfs /sys",
    });
  }
  return found;
}

function absent(names: readonly string[], remedy: string): Finding {
  return { topic: "files", status: "absent", finding: `${names.join(", ")}: not there`, remedy };
}

function closedFinding(closed: readonly string[], isCapture: boolean): Finding {
  const some = closed.slice(0, 6).join(", ") + (closed.length > 6 ? ` and ${closed.length - 6} more` : "");
  const remedy = isCapture ? "let yourself read them: chmod -R u+rX" : "root of the network namespace may read them";
  return { topic: "files", status: "limited", finding: `${some}: may not be read`, remedy };
}

/** The missing files by what brings them, as the message says that whoever reads one gets. */
function byNeed(net: Net, names: readonly TableName[]): Map<string, TableName[]> {
  const found = new Map<string, TableName[]>();
  for (const name of names) {
    const need = needOf(net, name);
    if (need !== undefined) found.set(need, [...(found.get(need) ?? []), name]);
  }
  return found;
}

/** `undefined` where it can be read after all: some files are in no listing. */
function needOf(net: Net, name: TableName): string | undefined {
  try {
    net.read(name);
    return undefined;
  } catch (error) {
    if (!isProcfsError(error)) throw error;
    const [, needs] = /; the kernel has it with (.*)$/s.exec(error.message) ?? [];
    if (needs === undefined) return error.message;
    const [, module] = /\bmodule ([\w-]+)/.exec(needs) ?? [];
    return `brought by ${needs}${module === undefined ? "" : ` (modprobe ${module})`}`;
  }
}
