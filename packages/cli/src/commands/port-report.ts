import type { Listener, PortBlocker, PortSocket, WhoListens } from "procnet";
import { commonState, containerName, containerText, ENDPOINT_END, endpointText } from "procnet/view";
import { EXIT } from "../io.ts";
import { type Choice, type Report, rowsTable } from "../output/report.ts";
import type { Column } from "../output/table.ts";
import { cutCommandLine } from "../text/command-line.ts";
import { missingNotes, reader } from "./hidden-owners.ts";
import type { PlacedAnswer } from "./port-everywhere.ts";
import type { PortOptions } from "./port-options.ts";
import { proxyNote, unitNote } from "./proxies.ts";
import type { AnywhereOptions } from "./where.ts";

/** A line of the table: a socket with one of its owners, or a port at which nothing is. */
export interface PortRow {
  readonly answer: PlacedAnswer;
  /** What was asked for, where nothing is there. */
  readonly protocol?: "tcp" | "udp";
  readonly socket?: PortSocket;
  readonly owner?: PortSocket["owners"][number];
  /** What keeps a server off where nobody listens: one of sockets that are alike. */
  readonly blocker?: PortBlocker;
  /** How many are alike. */
  readonly count?: number;
}

const COLUMNS: readonly Column<PortRow>[] = [
  { key: "port", title: "PORT", align: "right", value: ({ answer }) => answer.port },
  {
    key: "status",
    title: "STATUS",
    value: ({ answer, socket }) =>
      answer.kind === "unknown" && socket?.ownerless === "kernel" ? "kernel" : answer.kind,
    raw: ({ answer }) => answer.kind,
    style: ({ answer }) => (answer.kind === "owned" ? "green" : answer.kind === "free" ? "dim" : "yellow"),
  },
  { key: "proto", title: "PROTO", value: ({ socket, protocol }) => socket?.protocol ?? protocol, ifAny: true, drop: 5 },
  {
    key: "local",
    title: "LOCAL",
    value: ({ socket }) => socket && endpointText(socket.localAddress, socket.localPort),
    ifAny: true,
    drop: 6,
    keep: ENDPOINT_END,
    inParts: true,
  },
  { key: "peer", title: "PEER", value: peer, ifAny: true, drop: 4, keep: ENDPOINT_END, inParts: true },
  { key: "state", title: "STATE", value: ({ blocker }) => blocker && stateOf(blocker), ifAny: true },
  { key: "pid", title: "PID", align: "right", value: ({ owner }) => owner?.pid, ifAny: true },
  {
    key: "process",
    title: "PROCESS",
    value: ({ owner, socket }) => owner?.program ?? (socket && (isNobodys(socket) ? "-" : "?")),
    raw: ({ owner }) => owner?.program,
    ifAny: true,
  },
  { key: "uid", title: "UID", align: "right", value: ({ owner }) => owner?.uid, ifAny: true },
  {
    key: "socketuid",
    title: "OPENED-BY",
    align: "right",
    value: ({ socket, owner }) => (socket?.uid === owner?.uid ? undefined : socket?.uid),
    raw: ({ socket }) => socket?.uid,
    ifAny: true,
    drop: 2,
  },
  { key: "container", title: "CONTAINER", value: containerOf, ifAny: true, drop: 3 },
  { key: "reason", title: "REASON", value: ({ socket }) => socket?.ownerless, ifAny: true },
  {
    key: "command",
    title: "COMMAND",
    value: ({ owner }) => owner?.cmdline.join(" "),
    ifAny: true,
    drop: 1,
    enough: 20,
    shorten: cutCommandLine,
  },
];

/** Which of several namespaces it is. */
const NETNS: Column<PortRow> = {
  key: "netns",
  title: "NETNS",
  align: "right",
  value: ({ answer }) => answer.namespace,
};

export function portColumns({ allNamespaces }: AnywhereOptions): readonly Column<PortRow>[] {
  return allNamespaces ? [...COLUMNS, NETNS] : COLUMNS;
}

/** The container of the owner, or of the namespace where nobody can be seen. */
function containerOf({ owner, answer }: PortRow): string | undefined {
  return containerName(owner) ?? containerText(answer.container);
}

function stateOf({ protocol, state }: PortBlocker): string {
  return commonState(protocol, state);
}

/** An answer as documents have it: the same whoever told it. */
function withCommonStates({ source, sourceOf, ...answer }: PlacedAnswer): object {
  return { ...answer, blockedBy: answer.blockedBy.map((one) => ({ ...one, commonState: stateOf(one) })) };
}

function isNobodys({ ownerless }: PortSocket): boolean {
  return ownerless === "kernel" || ownerless === "time-wait";
}

function peer({ blocker, count = 1 }: PortRow): string | undefined {
  if (blocker === undefined || blocker.remotePort === 0) return undefined;
  return count > 1 ? `${count} peers` : endpointText(blocker.remoteAddress, blocker.remotePort);
}

/** What was found in that procfs, as a report. The exit code is that of the port about which least is known. */
export function portReport(
  answers: readonly PlacedAnswer[],
  root: string,
  options: Choice & AnywhereOptions & Pick<PortOptions, "udp">,
  unread: readonly string[] = [],
): Report {
  const columns = portColumns(options);
  const items = answers.map(withCommonStates);
  const listeners = answers.flatMap((answer): readonly Listener[] => answer.listeners);
  const notes = new Set(answers.flatMap(({ sourceOf }) => sourceOf?.notes ?? []));
  for (const note of missingNotes(answers, reader(root))) notes.add(note);
  for (const answer of answers) for (const note of blockedNotes(answer)) notes.add(note);
  for (const owner of listeners.flatMap(({ owners }) => owners)) {
    for (const note of [proxyNote(owner), unitNote(owner)]) if (note !== undefined) notes.add(note);
  }
  for (const { suspect, inode } of listeners) {
    if (suspect) notes.add(`the inode ${inode} stands in rows of different sockets: one of them may be forged`);
  }
  return {
    document: { kind: "port", ports: items },
    items,
    table: rowsTable(
      columns,
      answers.flatMap((answer) => rowsOf(answer, options.udp ? "udp" : "tcp")),
      options,
    ),
    notes: [...notes, ...unread],
    exitCode: exitCodeOf(answers),
  };
}

function rowsOf(answer: PlacedAnswer, protocol: "tcp" | "udp"): PortRow[] {
  if (answer.kind !== "free") return answer.listeners.flatMap((socket) => ownerRows({ answer, socket }));
  if (answer.bindable) return [{ answer, protocol }];
  return alike(answer.blockedBy).flatMap(([blocker, count]) => ownerRows({ answer, socket: blocker, blocker, count }));
}

function ownerRows(row: PortRow): PortRow[] {
  const owners = row.socket?.owners ?? [];
  return owners.length === 0 ? [row] : owners.map((owner) => ({ ...row, owner }));
}

/** Blockers that differ in their peer alone, with their number: a server can leave ten thousands behind. */
function alike(blockers: readonly PortBlocker[]): [PortBlocker, number][] {
  const found = new Map<string, [PortBlocker, number]>();
  for (const blocker of blockers) {
    const { protocol, localAddress, state, owners, ownerless, uid } = blocker;
    const key = [protocol, localAddress, state, uid, ownerless, ...owners.map(({ pid }) => pid)].join(" ");
    const group = found.get(key);
    if (group === undefined) found.set(key, [blocker, 1]);
    else group[1]++;
  }
  return [...found.values()];
}

/** Says when nobody listens, and a server cannot be bound all the same. */
export function blockedNotes(answer: WhoListens): string[] {
  if (answer.kind !== "free" || answer.bindable) return [];
  const groups = alike(answer.blockedBy).map(([blocker, count]) => describe(blocker, count));
  const some = groups.slice(0, NAMED).join(", ");
  const more = groups.length > NAMED ? ` and ${groups.length - NAMED} more` : "";
  const isWaiting = answer.blockedBy.some(({ state }) => state === "TIME_WAIT");
  const help = isWaiting
    ? "; servers that set SO_REUSEADDR, as Node's do, mostly start over TIME_WAIT: --ignore-time-wait leaves it out"
    : "";
  return [`nobody listens on ${answer.port}, but a server may not be able to start there: ${some}${more}${help}`];
}

/** Groups of blockers that a note names. */
const NAMED = 3;

function describe(blocker: PortBlocker, count: number): string {
  const [first, ...others] = blocker.owners;
  const whose =
    first === undefined ? "" : ` of ${first.program}[${first.pid}]${others.length > 0 ? " and others" : ""}`;
  return `${count} ${count === 1 ? "socket" : "sockets"}${whose} in ${stateOf(blocker)}`;
}

function exitCodeOf(answers: readonly WhoListens[]): number {
  if (answers.some(({ kind }) => kind === "unknown")) return EXIT.unknown;
  return answers.some(({ kind }) => kind === "free") ? EXIT.free : EXIT.ok;
}
