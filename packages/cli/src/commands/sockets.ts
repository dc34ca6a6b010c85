import {
  type ProcFs,
  type Socket,
  SocketEngine,
  type SocketProtocol,
  type SocketsOptions,
  TcpState,
  UnixState,
} from "procnet";
import { asksForOwners, type Filter, impliedStates, matches, saysStates } from "procnet/query";
import { isListening } from "procnet/view";
import { checkAnswerable, untoldNotes } from "../filter/answerable.ts";
import { filterOf } from "../filter/filter.ts";
import type { SOCKETS } from "../flags/definitions.ts";
import type { OptionsOf } from "../flags/spec.ts";
import { flowOf } from "../output/flow.ts";
import type { Answer } from "../output/repeat.ts";
import { columnsOf, orderBy, type Report } from "../output/report.ts";
import type { CommandIo } from "../terminal.ts";
import { type OutputOptions, output } from "./context.ts";
import { COUNT_KEYS, type CountKey, Counts } from "./counts.ts";
import { protocolsOf } from "./protocols.ts";
import { OWNER_COLUMNS, SOCKET_COLUMNS, socketColumns } from "./socket-columns.ts";
import { SocketsEnd } from "./sockets-end.ts";
import { type Namespaces, namespacesHeldIn, procfsOf, type WhereOptions } from "./where.ts";

/** Options of `procnet sockets`. */
export type SocketsCommandOptions = OptionsOf<typeof SOCKETS.options> & WhereOptions & OutputOptions;

/** What a command line asks for, checked before anything is read. */
interface Question {
  readonly filter: Filter | undefined;
  readonly options: SocketsCommandOptions;
  readonly protocols: readonly SocketProtocol[];
  readonly owners: boolean;
  /** Only sockets that wait for others, unless the filter says which states are meant. */
  readonly isListening: boolean;
}

/** `procnet sockets [filter]` */
export function socketsCommand(
  words: readonly string[],
  options: SocketsCommandOptions,
  io: CommandIo,
): Promise<number> {
  const filter = words.length === 0 ? undefined : filterOf(words);
  const protocols = protocolsOf(options);
  if (filter !== undefined) checkAnswerable(filter, protocols);
  columnsOf(SOCKET_COLUMNS, options.columns); // complains about unknown names before the work
  orderBy(SOCKET_COLUMNS, options.sort ?? "proto");
  const isListening = options.listening === true && !(filter !== undefined && saysStates(filter));
  const question = { filter, options, protocols, isListening, owners: needsOwners(filter, options) };
  const procfs = procfsOf(options, io);
  const engine = new SocketEngine({ procfs });
  const title = ["sockets", ...words].join(" ");
  return output(() => answer(question, engine, procfs, io), options, io, title).finally(() => engine.close());
}

async function answer(question: Question, engine: SocketEngine, procfs: ProcFs, io: CommandIo): Promise<Answer> {
  const { filter, options, protocols } = question;
  const namespaces = namespacesHeldIn(options, procfs);
  const untold = filter === undefined ? [] : untoldNotes(filter, protocols);
  const end = new SocketsEnd(options, namespaces, procfs.root, untold);
  const takenAt = new Date();
  const rows = passing(question, engine, namespaces, end, options.every === undefined ? undefined : io.signal);
  if (options.countBy !== undefined) return countsOf(rows, options.countBy, takenAt, end);
  return flowOf({
    head: { kind: "sockets", takenAt },
    field: "sockets",
    rows,
    columns: columnsOf(
      socketColumns(options, { several: namespaces.several, types: haveTypes(question) }),
      options.columns,
    ),
    ...(options.sort !== undefined && { order: orderBy(SOCKET_COLUMNS, options.sort) }),
    end: () => end.report(),
  });
}

/** The sockets that were asked for, as they are read. */
async function* passing(
  question: Question,
  engine: SocketEngine,
  { read }: Namespaces,
  end: SocketsEnd,
  signal: AbortSignal | undefined,
): AsyncGenerator<Socket> {
  const { filter, options, protocols } = question;
  const states = statesToRead(question);
  const asked: SocketsOptions = {
    protocols,
    owners: question.owners ? "all" : false,
    namespaces: read,
    onIssue: end.issues.take,
    ...(options.pid !== undefined && { pid: options.pid }),
    ...(states !== undefined && { states }),
    ...(signal !== undefined && { signal }),
  };
  for await (const socket of engine.eachSocket({ ...asked, onEnd: (rest) => end.finish(rest) })) {
    if (question.isListening && !isListening(socket)) continue;
    if (filter !== undefined && !matches(filter, socket)) continue;
    end.tally.take(socket);
    yield socket;
  }
}

async function countsOf(rows: AsyncIterable<Socket>, by: CountKey, takenAt: Date, end: SocketsEnd): Promise<Report> {
  const counts = new Counts(by);
  for await (const socket of rows) counts.take(socket);
  return counts.report(end.tally.sockets, takenAt, end.report());
}

function needsOwners(filter: Filter | undefined, options: SocketsCommandOptions): boolean {
  if (options.pid !== undefined || (filter !== undefined && asksForOwners(filter))) return true;
  if (options.countBy !== undefined) return COUNT_KEYS[options.countBy].owners;
  const shown = [...(options.columns ?? []), options.sort?.replace(/^-/, "")];
  if (shown.some((key) => key !== undefined && OWNER_COLUMNS.has(key))) return true;
  const chosen = options.columns !== undefined && !options.json && !options.ndjson;
  return options.owners && !chosen;
}

/** Whether sockets of a kind of which there are several types are asked for. */
function haveTypes({ protocols }: Question): boolean {
  return protocols.includes("unix") || protocols.includes("packet");
}

type States = NonNullable<SocketsOptions["states"]>;

/** Whether the tables call a state so. */
function isState(name: string): name is States[number] {
  return Object.hasOwn(TcpState, name) || Object.hasOwn(UnixState, name);
}

const STATELESS = ["netlink", "packet"] as const;

/** States to read, where the question needs no others: the tables are then read in part only. */
function statesToRead({ filter, isListening: onlyListening, protocols }: Question): States | undefined {
  let wanted = filter && impliedStates(filter);
  if (onlyListening) wanted = new Set(["LISTEN", "UNCONN"].filter((state) => wanted?.has(state) ?? true));
  if (wanted === undefined) return undefined;
  // Tables without states, whose sockets we call UNCONN, would not be read at all.
  if (wanted.has("UNCONN") && STATELESS.some((name) => protocols.includes(name))) return undefined;
  // The tables call some states otherwise than we do: see stateOf.
  const isTcp = protocols.every((protocol) => protocol === "tcp" || protocol === "tcp6");
  const read = new Set([...wanted].filter((state) => state !== "UNCONN"));
  if (wanted.has("UNCONN") && !isTcp) read.add("CLOSE").add("UNCONNECTED");
  if (wanted.has("LISTEN") && !isTcp) read.add("UNCONNECTED");
  return [...read].filter(isState);
}
