import { isProcfsError, type Listener, type ProcFs, type WhoListens, whoListens } from "procnet";
import { CommandFailure, UsageError } from "../errors.ts";
import { EXIT } from "../io.ts";
import { type Report, tableOf } from "../output/report.ts";
import type { Column } from "../output/table.ts";
import type { CommandIo } from "../terminal.ts";
import { type OutputOptions, output, repetitionOf } from "./context.ts";
import { helpFor } from "./hidden-owners.ts";
import { proxyNote, unitNote } from "./proxies.ts";
import { containerName, endpoint } from "./socket-columns.ts";
import { hasEnded, netPid, numberOf, processIn, procfsOf, type WhereOptions } from "./where.ts";

/** Options of `procnet port`. */
export interface PortOptions extends OutputOptions, WhereOptions {
  readonly udp?: true;
  readonly waitFree?: true;
  readonly waitListening?: true;
  readonly timeout?: number;
  readonly kill?: true;
  readonly yes?: true;
  readonly signal?: string;
}

/** Asks once who listens on each port. */
export type Ask = () => Promise<WhoListens[]>;

/** `procnet port 3000` */
export async function portCommand(ports: readonly number[], options: PortOptions, io: CommandIo): Promise<number> {
  repetitionOf(options); // complains before anybody waits
  const procfs = procfsOf(options, io);
  const ask = asker([...new Set(ports)], options, procfs);
  if (options.kill) {
    const { killListeners } = await import("./kill.ts");
    return killListeners(ask, procfs, options, io);
  }
  if (options.yes) throw new UsageError("--yes belongs to --kill");
  if (options.signal !== undefined) throw new UsageError("--signal belongs to --kill");
  if (options.waitFree || options.waitListening) return wait(ask, options, io);
  if (options.timeout !== undefined)
    throw new UsageError("--timeout belongs to --wait-free, --wait-listening or --kill");
  return output(async () => portReport(await ask()), options, io, `port ${ports.join(" ")}`);
}

function asker(ports: readonly number[], options: PortOptions, procfs: ProcFs): Ask {
  const protocol = options.udp ? "udp" : "tcp";
  let pid = netPid(options, procfs);
  const askThrough = (through: number | undefined): Promise<WhoListens[]> => {
    const where = { procfs, protocol, ...(through !== undefined && { pid: through }) } as const;
    return Promise.all(ports.map((port) => whoListens(port, where)));
  };
  if (pid === undefined) return () => askThrough(undefined);
  const namespace = numberOf(procfs, pid);
  return async () => {
    while (pid !== undefined) {
      try {
        return await askThrough(pid);
      } catch (error) {
        // It was perhaps the one that listened, and is gone: the namespace is then seen through another process in it.
        if (namespace === undefined || !isProcfsError(error) || !hasEnded(pid, procfs)) throw error;
        pid = processIn(procfs, namespace, pid);
      }
    }
    return ports.map((port) => ({ kind: "free", port, listeners: [] })); // nobody is left there
  };
}

async function wait(ask: Ask, options: PortOptions, io: CommandIo): Promise<number> {
  if (options.every !== undefined) throw new UsageError("--every cannot be used with --wait-free or --wait-listening");
  const { waitUntil } = await import("./wait.ts");
  const wantsFree = options.waitFree === true;
  const answers = await waitUntil(ask, ({ kind }) => (kind === "free") === wantsFree, options.timeout, io.signal);
  if (answers === undefined) {
    if (io.signal.aborted) return EXIT.failure;
    const still = wantsFree ? "somebody still listens" : "nobody listens";
    throw new CommandFailure(`${still} after ${options.timeout! / 1000} s`, EXIT.failure);
  }
  await output(() => portReport(answers), options, io, "port");
  return EXIT.ok;
}

/** A line of the table: a listener with one of its owners, or a port nobody listens on. */
interface PortRow {
  readonly answer: WhoListens;
  readonly listener?: Listener;
  readonly owner?: Listener["owners"][number];
}

const COLUMNS: readonly Column<PortRow>[] = [
  { key: "port", title: "PORT", align: "right", value: ({ answer }) => answer.port },
  {
    key: "status",
    title: "STATUS",
    value: ({ answer }) => answer.kind,
    style: ({ answer }) => (answer.kind === "owned" ? "green" : answer.kind === "free" ? "dim" : "yellow"),
  },
  { key: "proto", title: "PROTO", value: ({ listener }) => listener?.protocol, ifAny: true, drop: 4 },
  {
    key: "local",
    title: "LOCAL",
    value: ({ listener }) => listener && endpoint(listener.localAddress, listener.localPort),
    ifAny: true,
    drop: 5,
  },
  { key: "pid", title: "PID", align: "right", value: ({ owner }) => owner?.pid, ifAny: true },
  {
    key: "process",
    title: "PROCESS",
    value: ({ owner, listener }) => owner?.comm ?? (listener && (listener.ownerless === "kernel" ? "-" : "?")),
    raw: ({ owner }) => owner?.comm,
    ifAny: true,
  },
  { key: "uid", title: "UID", align: "right", value: ({ listener }) => listener?.uid, ifAny: true, drop: 2 },
  { key: "container", title: "CONTAINER", value: ({ owner }) => containerName(owner), ifAny: true, drop: 3 },
  { key: "reason", title: "REASON", value: ({ listener }) => listener?.ownerless, ifAny: true },
  {
    key: "command",
    title: "COMMAND",
    value: ({ owner }) => owner?.cmdline.join(" "),
    ifAny: true,
    drop: 1,
    enough: 20,
  },
];

/** What was found, as a report. The exit code is that of the port about which least is known. */
export function portReport(answers: readonly WhoListens[]): Report {
  const listeners = answers.flatMap((answer): readonly Listener[] => answer.listeners);
  const notes = new Set<string>();
  for (const reason of answers.flatMap((answer) => (answer.kind === "unknown" ? answer.reasons : []))) {
    const [what, help] = helpFor(reason);
    notes.add(`somebody listens, but the owner is not known: such sockets ${what}; ${help}`);
  }
  for (const owner of listeners.flatMap(({ owners }) => owners)) {
    for (const note of [proxyNote(owner), unitNote(owner)]) if (note !== undefined) notes.add(note);
  }
  return {
    document: { kind: "port", ports: answers },
    items: answers,
    table: tableOf(COLUMNS, answers.flatMap(rowsOf)),
    notes: [...notes],
    exitCode: exitCodeOf(answers),
  };
}

function rowsOf(answer: WhoListens): PortRow[] {
  if (answer.kind === "free") return [{ answer }];
  return answer.listeners.flatMap((listener): PortRow[] =>
    listener.owners.length === 0
      ? [{ answer, listener }]
      : listener.owners.map((owner) => ({ answer, listener, owner })),
  );
}

function exitCodeOf(answers: readonly WhoListens[]): number {
  if (answers.some(({ kind }) => kind === "unknown")) return EXIT.unknown;
  return answers.some(({ kind }) => kind === "free") ? EXIT.free : EXIT.ok;
}
