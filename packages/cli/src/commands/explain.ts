import { type BaseProcFs, type Explanation, type Socket, SocketEngine } from "procnet";
import { stateOf } from "procnet/view";
import { CommandFailure } from "../errors.ts";
import { EXIT } from "../io.ts";
import { type Report, tableOf } from "../output/report.ts";
import type { Column } from "../output/table.ts";
import { socketSource } from "../source/socket-source.ts";
import type { CommandIo } from "../terminal.ts";
import { type OutputOptions, output } from "./context.ts";
import { type Asked, type AskedSockets, askedBy } from "./explain/asked.ts";
import { explainHere } from "./explain/explain-here.ts";
import { explanationLines, groupedLines } from "./explain/text.ts";
import { SocketsEnd } from "./sockets-end.ts";
import { type AnywhereOptions, namespacesHeldIn, procfsOf, type SourceOptions } from "./where.ts";

type ExplainOptions = AnywhereOptions & OutputOptions & SourceOptions;

/** What an explanation tells of. */
const FIELDS = { info: "all", memory: true } as const;

const COLUMNS: readonly Column<Explanation>[] = [
  { key: "subject", title: "SUBJECT", value: ({ subject }) => subject },
  { key: "actor", title: "ACTOR", value: ({ actor }) => actor },
  { key: "waitingFor", title: "WAITS-FOR", value: ({ waitingFor }) => waitingFor },
  { key: "text", title: "TEXT", value: ({ text }) => text },
];

/** `procnet explain tcp 127.0.0.1:8080`, `... pid 42`, `... TcpExt.ListenDrops`: what it means. */
export function explainCommand(words: readonly string[], options: ExplainOptions, io: CommandIo): Promise<number> {
  const asked = askedBy(words);
  const procfs = procfsOf(options, io);
  return output(() => report(asked, options, procfs, io), options, io, ["explain", ...words].join(" "));
}

async function report(asked: Asked, options: ExplainOptions, procfs: BaseProcFs, io: CommandIo): Promise<Report> {
  if (asked.kind === "known") return reportOf([asked.found], explanationLines(asked.found, io.columns));
  const { found, end } = await socketsOf(asked, options, procfs, io);
  if (found.length === 0 && end.exitCode !== EXIT.failure)
    throw new CommandFailure(missing(asked, end.notes), EXIT.failure);
  const explained = found.map((socket) => ({ ...explainHere(socket, procfs.root), socket: withState(socket) }));
  const [only, ...more] = explained;
  const text =
    only !== undefined && more.length === 0 ? explanationLines(only, io.columns) : groupedLines(explained, io.columns);
  return { ...reportOf(explained, text), notes: end.notes ?? [], exitCode: end.exitCode ?? EXIT.ok };
}

function reportOf(found: readonly Explanation[], text: readonly string[]): Report {
  return {
    document: { kind: "explain", takenAt: new Date(), explanations: found },
    items: found,
    table: tableOf(COLUMNS, found),
    text,
  };
}

/** A row as all documents have it. */
function withState(socket: Socket): object {
  return { ...socket, commonState: stateOf(socket) };
}

function missing({ missing, pid }: AskedSockets, notes: readonly string[] = []): string {
  const where = pid === undefined ? ["procnet sockets lists those there are"] : [];
  return [[missing, ...where].join(": "), ...notes].join("; ");
}

async function socketsOf(asked: AskedSockets, options: ExplainOptions, procfs: BaseProcFs, io: CommandIo) {
  const { pid, protocols, isAsked, isMeant } = asked;
  const question = { source: options.source, root: options.root ?? io.root, protocols, wanted: [], tables: [] };
  const { source, close } = await socketSource(question, FIELDS);
  const where = pid === undefined ? options : { ...options, pid: [pid] };
  const namespaces = namespacesHeldIn(where, procfs);
  const end = new SocketsEnd(where, namespaces, procfs.root, () => ({ notes: [] }));
  const engine = new SocketEngine({ procfs });
  const found: Socket[] = [];
  const meant: Socket[] = [];
  try {
    const how = { protocol: protocols, owners: "all", namespaces: namespaces.read, onIssue: end.issues.take } as const;
    const asking = { ...how, ...(source !== undefined && { source }) };
    for await (const socket of engine.eachSocket({ ...asking, onEnd: (rest) => end.finish(rest) })) {
      if (isAsked(socket)) found.push(socket);
      else if (isMeant?.(socket)) meant.push(socket);
    }
  } finally {
    engine.close();
    close();
  }
  const shown = found.length > 0 ? found : meant;
  for (const socket of shown) end.tally.take(socket);
  return { found: shown, end: end.report() };
}
