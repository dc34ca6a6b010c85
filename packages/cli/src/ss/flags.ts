import { SOURCE_NAMES, type SourceName } from "../source/names.ts";
import { type Option, partsOf } from "../text/getopt.ts";
import { suggestion } from "../text/suggest.ts";
import { ALL, FAMILY_WORDS, LISTENING, QUERY_WORDS, Selection, type Table } from "./selection.ts";

/*
 * The command line of iproute2's ss.
 */

/** Switches, each the letter of an option or, where it has none, its name. */
export type Switch =
  | "n"
  | "r"
  | "o"
  | "e"
  | "m"
  | "i"
  | "p"
  | "T"
  | "s"
  | "b"
  | "H"
  | "O"
  | "Q"
  | "K"
  | "tos"
  | "cgroup"
  | "sockopt";

/** What was asked. */
export interface Flags {
  readonly on: ReadonlySet<Switch>;
  readonly selection: Selection;
  /** States and conditions, in the order of the command line. */
  readonly words: readonly string[];
  /** A file with more of them. */
  readonly filterFile: string | undefined;
  /** Another procfs, of the host or captured: an option of our own. */
  readonly root: string | undefined;
  /** What tells of sockets: an option of our own. */
  readonly source: SourceName;
}

/** The exit code of what is refused, which is that of ss. */
export const REFUSED = 1;

/** The outcome of reading a command line: what was asked, or what is wrong with it, or what is not done here. */
export type Parsed =
  | Flags
  | { readonly wrong: string }
  | { readonly refused: string }
  | { readonly show: "help" | "version" };

interface Building {
  on: Set<Switch>;
  selection: Selection;
  filterFile: string | undefined;
  root: string | undefined;
  source: SourceName;
}

type Ending = Exclude<Parsed, Flags>;
type Action = (flags: Building, value: string) => Ending | undefined;

const turnOn =
  (...names: Switch[]): Action =>
  ({ on }) => {
    for (const name of names) on.add(name);
    return undefined;
  };
const table =
  (name: Table): Action =>
  ({ selection }) => {
    selection.addTable(name);
    return undefined;
  };
const family =
  (name: string): Action =>
  (flags) =>
    addFamily(flags, name);
const refuse =
  (refused: string): Action =>
  () => ({ refused });

const SELINUX = "SELinux contexts are not shown by procnet";

const OPTIONS: readonly Option<Action>[] = [
  ["n", "numeric", turnOn("n")],
  ["r", "resolve", turnOn("r")],
  ["o", "options", turnOn("o")],
  ["e", "extended", turnOn("o", "e")],
  ["m", "memory", turnOn("m")],
  ["i", "info", turnOn("i")],
  ["b", "bpf", turnOn("o", "b")],
  ["p", "processes", turnOn("p")],
  ["T", "threads", turnOn("T")],
  ["s", "summary", turnOn("s")],
  ["H", "no-header", turnOn("H")],
  ["O", "oneline", turnOn("O")],
  // Of later versions than 6.1.
  ["Q", "no-queues", turnOn("Q")],
  ["", "tos", turnOn("tos")],
  ["", "cgroup", turnOn("cgroup")],
  ["", "inet-sockopt", turnOn("sockopt")],
  ["", "tipcinfo", () => undefined],
  ["t", "tcp", table("tcp")],
  ["M", "mptcp", table("mptcp")],
  ["d", "dccp", table("dccp")],
  ["S", "sctp", table("sctp")],
  ["u", "udp", table("udp")],
  ["w", "raw", table("raw")],
  ["x", "unix", family("unix")],
  ["", "vsock", family("vsock")],
  ["", "tipc", family("tipc")],
  ["", "xdp", family("xdp")],
  ["4", "ipv4", family("inet")],
  ["6", "ipv6", family("inet6")],
  ["0", "packet", family("link")],
  ["f", "family", addFamily, true],
  ["A", "query socket", addQuery, true],
  ["a", "all", states(ALL)],
  ["l", "listening", states(LISTENING)],
  [
    "F",
    "filter",
    (flags, value) => {
      if (flags.filterFile !== undefined) return { wrong: "more than one filter file" };
      flags.filterFile = value;
      return undefined;
    },
    true,
  ],
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
  ["K", "kill", turnOn("K")],
  ["E", "events", refuse("events are not shown by procnet ss; procnet watch shows sockets that come and go")],
  ["Z", "context", refuse(SELINUX)],
  ["z", "contexts", refuse(SELINUX)],
  ["N", "net", elsewhere, true],
  ["D", "diag", refuse("messages of the kernel are not dumped by procnet"), true],
  ["V", "version", () => ({ show: "version" })],
  ["v", "", () => ({ show: "version" })],
  ["h", "help", () => ({ show: "help" })],
];

/** Reads a command line. */
export function parseFlags(args: readonly string[]): Parsed {
  const flags: Building = {
    on: new Set(),
    selection: new Selection(),
    filterFile: undefined,
    root: undefined,
    source: "auto",
  };
  const words: string[] = [];
  for (const part of partsOf(args, OPTIONS)) {
    if (part.kind === "wrong") return { wrong: part.problem };
    if (part.kind === "word") words.push(part.text);
    else {
      const ending = part.action(flags, part.value);
      if (ending !== undefined) return ending;
    }
  }
  return { ...flags, words };
}

function states(asked: number): Action {
  return ({ selection }) => {
    selection.asked = asked;
    return undefined;
  };
}

/** Where namespaces are that ip-netns(8) named. */
function elsewhere(_: Building, name: string): Ending {
  const path = name.includes("/") ? name : `/run/netns/${name}`;
  const itself = `nsenter --net=${path} procnet ss`;
  const how = name.includes("/") ? itself : `ip netns exec ${name} procnet ss, or ${itself}`;
  return { refused: `procnet ss does not enter another network namespace: ${how}; procnet sockets --netns ${name}` };
}

function setSource(flags: Building, name: string): Ending | undefined {
  const source = SOURCE_NAMES.find((one) => one === name);
  if (source === undefined)
    return {
      wrong: `unknown source '${name}'${suggestion(name, SOURCE_NAMES) || ": there are auto, procfs and kernel"}`,
    };
  flags.source = source;
  return undefined;
}

function addFamily({ selection }: Building, name: string): Ending | undefined {
  if (name === "help") return { show: "help" };
  if (selection.addFamily(name)) return undefined;
  return { wrong: `unknown address family '${name}'${suggestion(name, FAMILY_WORDS)}` };
}

function addQuery({ selection }: Building, list: string): Ending | undefined {
  const unknown = selection.addQuery(list);
  if (unknown === undefined) return undefined;
  return { wrong: `unknown table '${unknown}'${suggestion(unknown, QUERY_WORDS)}` };
}
