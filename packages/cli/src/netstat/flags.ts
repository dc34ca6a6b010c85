import { SOURCE_NAMES, type SourceName } from "../source/names.ts";
import { type Option, partsOf } from "../text/getopt.ts";
import { suggestion } from "../text/suggest.ts";

/*
 * The command line of net-tools' netstat, in which a letter may come twice and mean more (`-ee`), and the order of the families
 * counts.
 */

/** Families that a name or an option stands for. */
export type Family = "inet" | "inet6" | "unix";

/** Families that netstat knows and this kernel interface no longer has sockets of. */
const GONE: Readonly<Record<string, string>> = {
  ipx: "IPX",
  ax25: "AX25",
  netrom: "NETROM",
  x25: "X25",
  rose: "ROSE",
  bluetooth: "BLUETOOTH",
  l2cap: "BLUETOOTH",
  rfcomm: "BLUETOOTH",
};

/** Switches that are on or off; each is the letter of an option. */
type Switch = "r" | "i" | "g" | "s" | "M" | "a" | "l" | "p" | "o" | "c" | "v" | "W" | "N" | "F" | "C" | "Z";
export type Protocol = "tcp" | "udp" | "udplite" | "sctp" | "raw";

/** What was asked. */
export interface Flags {
  readonly on: ReadonlySet<Switch>;
  readonly protocols: ReadonlySet<Protocol>;
  /** Families as given, each once, in the order of the command line. */
  readonly families: readonly Family[];
  /** Families that were asked for and cannot be shown. */
  readonly gone: readonly string[];
  /** How often `-e` was given. */
  readonly extended: number;
  readonly numericHosts: boolean;
  readonly numericPorts: boolean;
  readonly numericUsers: boolean;
  /** Another procfs, of the host or captured: an option of our own. */
  readonly root: string | undefined;
  /** Who tells of interfaces: an option of our own too. */
  readonly source: SourceName;
}

/** The outcome of reading a command line: what was asked, or what is wrong with it. */
export type Parsed = Flags | { readonly wrong: string } | { readonly show: "help" | "version" };

interface Building {
  on: Set<Switch>;
  protocols: Set<Protocol>;
  families: Set<Family>;
  gone: Set<string>;
  extended: number;
  numericHosts: boolean;
  numericPorts: boolean;
  numericUsers: boolean;
  root: string | undefined;
  source: SourceName | undefined;
}

type Action = (flags: Building, value: string) => string | undefined | "help" | "version";

const turnOn =
  (name: Switch): Action =>
  (flags) => {
    flags.on.add(name);
    return undefined;
  };
const protocol =
  (name: Protocol): Action =>
  (flags) => {
    flags.protocols.add(name);
    return undefined;
  };
const family =
  (name: string): Action =>
  (flags) =>
    addFamily(flags, name);
const numeric =
  (...kinds: ("numericHosts" | "numericPorts" | "numericUsers")[]): Action =>
  (flags) => {
    for (const kind of kinds) flags[kind] = true;
    return undefined;
  };

const OPTIONS: readonly Option<Action>[] = [
  ["r", "route", turnOn("r")],
  ["i", "interfaces", turnOn("i")],
  ["g", "groups", turnOn("g")],
  ["s", "statistics", turnOn("s")],
  ["M", "masquerade", turnOn("M")],
  ["v", "verbose", turnOn("v")],
  ["W", "wide", turnOn("W")],
  ["n", "numeric", numeric("numericHosts", "numericPorts", "numericUsers")],
  ["", "numeric-hosts", numeric("numericHosts")],
  ["", "numeric-ports", numeric("numericPorts")],
  ["", "numeric-users", numeric("numericUsers")],
  ["N", "symbolic", turnOn("N")],
  [
    "e",
    "extend",
    (flags) => {
      flags.extended++;
      return undefined;
    },
  ],
  ["p", "programs", turnOn("p")],
  ["o", "timers", turnOn("o")],
  ["c", "continuous", turnOn("c")],
  ["l", "listening", turnOn("l")],
  ["a", "all", turnOn("a")],
  ["F", "fib", turnOn("F")],
  ["C", "cache", turnOn("C")],
  ["Z", "context", turnOn("Z")],
  ["t", "tcp", protocol("tcp")],
  ["u", "udp", protocol("udp")],
  ["U", "udplite", protocol("udplite")],
  ["S", "sctp", protocol("sctp")],
  ["w", "raw", protocol("raw")],
  ["x", "unix", family("unix")],
  ["4", "inet ip tcpip", family("inet")],
  ["6", "inet6", family("inet6")],
  ["2", "l2cap", family("l2cap")],
  ["f", "rfcomm", family("rfcomm")],
  ["", "bluetooth", family("bluetooth")],
  ["", "ax25", family("ax25")],
  ["", "ipx", family("ipx")],
  ["", "netrom", family("netrom")],
  ["", "x25", family("x25")],
  ["", "rose", family("rose")],
  ["", "ddp appletalk", family("ddp")],
  ["A", "protocol", (flags, value) => addFamilies(flags, value), true],
  [
    "",
    "root",
    (flags, value) => {
      flags.root = value;
      return undefined;
    },
    true,
  ],
  ["", "source", setSource, true],
  ["V", "version", () => "version"],
  ["h", "help", () => "help"],
  // An old letter for debugging that is still accepted and does nothing.
  ["d", "", () => undefined],
];

/** Reads a command line. Words that are no options are passed over, as there. */
export function parseFlags(args: readonly string[]): Parsed {
  const flags: Building = {
    on: new Set(),
    protocols: new Set(),
    families: new Set(),
    gone: new Set(),
    extended: 0,
    numericHosts: false,
    numericPorts: false,
    numericUsers: false,
    root: undefined,
    source: undefined,
  };
  for (const part of partsOf(args, OPTIONS)) {
    if (part.kind === "wrong") return { wrong: part.problem };
    if (part.kind === "word") continue;
    const outcome = part.action(flags, part.value);
    if (outcome === "help" || outcome === "version") return { show: outcome };
    if (outcome !== undefined) return { wrong: outcome };
  }
  return check(flags);
}

function addFamilies(flags: Building, list: string): string | undefined {
  for (const name of list.split(",")) {
    const problem = addFamily(flags, name);
    if (problem !== undefined) return problem;
  }
  return undefined;
}

function addFamily(flags: Building, name: string): string | undefined {
  if (name === "inet" || name === "ip" || name === "tcpip") flags.families.add("inet");
  else if (name === "inet6" || name === "unix") flags.families.add(name);
  else if (Object.hasOwn(GONE, name)) flags.gone.add(GONE[name]!);
  // netstat has no list of AppleTalk sockets and goes on as if this were not there.
  else if (name !== "ddp" && name !== "appletalk") {
    const known = ["inet", "inet6", "unix", ...Object.keys(GONE)];
    return `unknown address family '${name}'${suggestion(name, known)}`;
  }
  return undefined;
}

function setSource(flags: Building, name: string): string | undefined {
  flags.source = SOURCE_NAMES.find((one) => one === name);
  if (flags.source !== undefined) return undefined;
  return `unknown source '${name}'${suggestion(name, SOURCE_NAMES) || ": there are auto, procfs and kernel"}`;
}

function check(flags: Building): Parsed {
  const tables = (["r", "i", "s", "M"] as const).filter((name) => flags.on.has(name));
  if (tables.length > 1) return { wrong: `-${tables[0]} and -${tables[1]} cannot be shown at once` };
  if (flags.source !== undefined && !flags.on.has("i")) return { wrong: "--source belongs to -i" };
  return { ...flags, source: flags.source ?? "auto", families: [...flags.families], gone: [...flags.gone] };
}
