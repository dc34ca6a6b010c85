import { LIMITS, type LimitName, type Limits } from "../../../packages/procnet/src/live/limit-names.ts";
import type { DeviceSample, Missing, Sample } from "../../../packages/procnet/src/live/sample.ts";
import {
  parseDev,
  parseNetstat,
  parseSnmp,
  parseSnmp6,
  parseSockstat,
  parseSockstat6,
  parseSoftnetStat,
  parseStatArpCache,
  parseStatNfConntrack,
  parseTcp,
  parseTlsStat,
  parseXfrmStat,
} from "../../../packages/procnet/src/parse.ts";
import type { SocketOwner, TcpSocket } from "../../../packages/procnet/src/sockets/types.ts";

/** Texts of files, as the kernel writes them, by what a sample calls them. */
export interface SampleTexts {
  readonly snmp?: string;
  readonly snmp6?: string;
  readonly netstat?: string;
  readonly sockstat?: string;
  readonly sockstat6?: string;
  readonly softnet?: string;
  readonly arpCache?: string;
  readonly ndiscCache?: string;
  readonly conntrack?: string;
  readonly xfrm?: string;
  readonly tls?: string;
  readonly dev?: string;
}

/** What a sample has beside its texts; `devices` by name, what sysfs tells. */
export type SampleRest = Partial<Omit<Sample, "at" | "devices">> & {
  readonly devices?: Readonly<Record<string, Partial<DeviceSample>>>;
};

const MISSING: Missing = { what: "nothing", code: "ENOENT", message: "no such file" };

/** A sample of texts, read by the parsers, `at` milliseconds after the machine was booted. */
export function sampleOf(at: number, texts: SampleTexts, { devices = {}, ...rest }: SampleRest = {}): Sample {
  const parsed = <Value>(text: string | undefined, parse: (bytes: Uint8Array) => Value): Value | undefined =>
    text === undefined ? undefined : parse(Buffer.from(text, "latin1"));
  const none = { index: undefined, speed: undefined, carrierChanges: undefined };
  const rows = parsed(texts.dev, (bytes) => parseDev(bytes));
  return {
    at,
    takenAt: new Date(Date.UTC(2026, 0, 1) + at),
    uptime: at / 1000,
    namespace: 4026531840,
    snmp: parsed(texts.snmp, (bytes) => parseSnmp(bytes)),
    snmp6: parsed(texts.snmp6, (bytes) => parseSnmp6(bytes)),
    netstat: parsed(texts.netstat, (bytes) => parseNetstat(bytes)),
    sockstat: parsed(texts.sockstat, (bytes) => parseSockstat(bytes)),
    sockstat6: parsed(texts.sockstat6, (bytes) => parseSockstat6(bytes)),
    softnet: parsed(texts.softnet, (bytes) => parseSoftnetStat(bytes)),
    arpCache: parsed(texts.arpCache, (bytes) => parseStatArpCache(bytes)),
    ndiscCache: parsed(texts.ndiscCache, (bytes) => parseStatArpCache(bytes)),
    conntrack: parsed(texts.conntrack, (bytes) => parseStatNfConntrack(bytes)),
    xfrm: parsed(texts.xfrm, (bytes) => parseXfrmStat(bytes)),
    tls: parsed(texts.tls, (bytes) => parseTlsStat(bytes)),
    devices:
      rows &&
      [...rows.values()].map((status) => ({
        name: status.name,
        status,
        ...none,
        recvMissed: undefined,
        isWireless: undefined,
        ...devices[status.name],
      })),
    missing: [],
    ...rest,
  };
}

/** That a file is not here. */
export function missing(what: string): Missing {
  return { ...MISSING, what, message: `${what} is not on this kernel` };
}

/** Settings; those that are not given are not here. */
export function limitsOf(values: Partial<Record<LimitName, readonly number[]>>): Limits {
  const names = Object.keys(LIMITS) as LimitName[];
  const all = names.map((name) => {
    const { scope, file } = LIMITS[name];
    const known = values[name];
    return [
      name,
      { name, scope, file: `/proc/sys/${file}`, values: known, ...(known === undefined && { unknown: "no-file" }) },
    ];
  });
  return Object.fromEntries(all) as Limits;
}

/** A group of `snmp` or `netstat`: names, then values. */
export function group(name: string, counters: Readonly<Record<string, number>>): string {
  return `${name}: ${Object.keys(counters).join(" ")}\n${name}: ${Object.values(counters).join(" ")}\n`;
}

/** Lines of a name and a value, as in `snmp6`, `xfrm_stat` and `tls_stat`. */
export function lines(counters: Readonly<Record<string, number>>): string {
  return Object.entries(counters)
    .map(([name, value]) => `${name.padEnd(32)}\t${value}\n`)
    .join("");
}

/** `sockstat` with numbers of memory, pages, and of orphans. */
export function sockstatText({ tcp = 2, udp = 1, orphan = 0, tw = 0 }): string {
  return `sockets: used 18
TCP: inuse 1 orphan ${orphan} tw ${tw} alloc 1 mem ${tcp}
UDP: inuse 2 mem ${udp}
UDPLITE: inuse 0
RAW: inuse 0
FRAG: inuse 0 memory 0
`;
}

const hex = (value: number): string => value.toString(16).padStart(8, "0");

/** A header and rows in hexadecimal, as the files of `/proc/net/stat` have them; what is not given is 0. */
export function statText(header: string, ...rows: readonly Readonly<Record<string, number>>[]): string {
  const names = header.split(/ +/);
  return [header, ...rows.map((row) => names.map((name) => hex(row[name] ?? 0)).join(" "))].join("\n").concat("\n");
}

/** The header of `stat/nf_conntrack` since Linux 5.13. */
export const CONNTRACK =
  "entries  clashres found new invalid ignore delete chainlength insert insert_failed drop early_drop icmp_error  expect_new expect_create expect_delete search_restart";

/** The header of `stat/arp_cache` and `stat/ndisc_cache`. */
export const NEIGHBOURS =
  "entries  allocs   destroys hash_grows lookups  hits     res_failed rcv_probes_mcast rcv_probes_ucast periodic_gc_runs forced_gc_runs unresolved_discards table_fulls";

/** A row of `softnet_stat` as of Linux 6.4 and later: 15 columns, the CPU is the thirteenth. */
export function softnetRow({ processed = 1000, dropped = 0, squeezed = 0, flowLimit = 0, cpu = 0 }): string {
  const columns = [processed, dropped, squeezed, 0, 0, 0, 0, 0, 0, 0, flowLimit, 0, cpu, 0, 0];
  return `${columns.map(hex).join(" ")}\n`;
}

/** The counters of an interface in the order of `dev`; what is not given is 0. */
export interface DevCounts {
  readonly recvBytes?: number;
  readonly recvPackets?: number;
  readonly recvErrs?: number;
  readonly recvDrop?: number;
  readonly recvFifo?: number;
  readonly sentBytes?: number;
  readonly sentPackets?: number;
  readonly sentErrs?: number;
  readonly sentDrop?: number;
  readonly sentFifo?: number;
}

const DEV_HEADER = `Inter-|   Receive                                                |  Transmit
 face |bytes    packets errs drop fifo frame compressed multicast|bytes    packets errs drop fifo colls carrier compressed
`;

/** `dev` with these interfaces. */
export function devText(devices: Readonly<Record<string, DevCounts>>): string {
  const rows = Object.entries(devices).map(([name, of]) => {
    const received = [of.recvBytes, of.recvPackets, of.recvErrs, of.recvDrop, of.recvFifo, 0, 0, 0];
    const sent = [of.sentBytes, of.sentPackets, of.sentErrs, of.sentDrop, of.sentFifo, 0, 0, 0];
    return `${name}: ${[...received, ...sent].map((value) => value ?? 0).join(" ")}\n`;
  });
  return DEV_HEADER + rows.join("");
}

/** An owner of sockets. */
export function ownerOf(pid: number, program: string): SocketOwner {
  const nothing = { exe: undefined, cgroup: undefined, container: undefined, unit: undefined };
  return { pid, startTime: pid * 10, program, comm: program, cmdline: [program], uid: 0, fds: [3], ...nothing };
}

/** Sockets of rows of `tcp`, as the kernel writes them, all with the same owners. */
export function tcpSockets(text: string, owners: readonly SocketOwner[] = []): TcpSocket[] {
  return parseTcp(Buffer.from(`${TCP_HEADER}${text}`, "latin1")).map((row) => ({
    ...row,
    protocol: "tcp",
    namespace: 4026531840,
    owners,
    ownerless: owners.length === 0 ? "kernel" : undefined,
  }));
}

const TCP_HEADER =
  "  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode                                                     \n";
