import {
  type BaseProcFs,
  machineIdentity,
  type Socket,
  SocketEngine,
  type SocketProtocol,
  type SocketsOptions,
} from "procnet";
import {
  asksForOwners,
  type CompiledFilter,
  compileFilter,
  everyFilter,
  type Filter,
  heldBy,
  matches,
  saysStates,
} from "procnet/query";
import { flatText, KERNEL_COLUMNS, OWNER_COLUMNS, socketColumns, socketText } from "procnet/view";
import { UsageError } from "../errors.ts";
import type { SOCKETS } from "../flags/definitions.ts";
import type { OptionsOf } from "../flags/spec.ts";
import { flowOf } from "../output/flow.ts";
import { writeNotes } from "../output/present.ts";
import type { Answer } from "../output/repeat.ts";
import { columnsOf, orderBy, type Report } from "../output/report.ts";
import { ALL_FIELDS, type AskedSource, socketSource } from "../source/socket-source.ts";
import type { CommandIo } from "../terminal.ts";
import { output, type TableOptions } from "./context.ts";
import { COUNT_KEYS, type CountKey, Counts } from "./counts.ts";
import { checkAnswerable, filterOf, type Untold, untoldBy } from "./filter.ts";
import { ALL_COLUMNS, kernelWanted } from "./kernel-wanted.ts";
import { protocolsOf } from "./protocols.ts";
import { SocketsEnd } from "./sockets-end.ts";
import { type AnywhereOptions, type Namespaces, namespacesHeldIn, procfsOf, type SourceOptions } from "./where.ts";

/** Options of `procnet sockets`. */
export type SocketsCommandOptions = OptionsOf<typeof SOCKETS.options> & AnywhereOptions & TableOptions & SourceOptions;

/** What a command line asks for, checked before anything is read. */
interface Question {
  readonly filter: Filter | undefined;
  readonly options: SocketsCommandOptions;
  readonly protocols: readonly SocketProtocol[];
  readonly owners: boolean;
  /** The filter and all else that says which sockets are meant: what the tables are asked, and what each socket is. */
  readonly compiled: CompiledFilter;
  /** Only sockets that wait for others, unless the filter says which states are meant. */
  readonly isListening: boolean;
}

/** `procnet sockets [filter]` */
export async function socketsCommand(
  words: readonly string[],
  options: SocketsCommandOptions,
  io: CommandIo,
): Promise<number> {
  if (options.hostName !== undefined && !options.flat) throw new UsageError("--host-name belongs to --flat");
  const filter = words.length === 0 ? undefined : filterOf(words);
  const protocols = protocolsOf(options);
  columnsOf(ALL_COLUMNS, options.columns); // complains about unknown names before the work
  orderBy(ALL_COLUMNS, options.sort ?? "proto");
  const compiled = compiledOf(filter, options, protocols);
  const isListening = options.listening === true && !(filter !== undefined && saysStates(filter));
  const question = { filter, options, protocols, compiled, isListening, owners: needsOwners(filter, options) };
  const procfs = procfsOf(options, io);
  if (options.close) return closeAll(question, words, procfs, io);
  for (const name of ["yes", "containerPorts"] as const)
    if (options[name]) throw new UsageError(`${name === "yes" ? "--yes" : "--container-ports"} belongs to --close`);
  const asked = await sourceFor(question, io);
  const engine = new SocketEngine({ procfs });
  const title = ["sockets", ...words].join(" ");
  const from = { engine, procfs, ...asked };
  return output(() => answer(question, from, io), options, io, title).finally(() => {
    engine.close();
    asked.close();
  });
}

interface Asked extends AskedSource {
  /** What is left out, and what would tell it. */
  readonly notes: readonly string[];
}

/** Whom the sockets are asked of. */
interface From extends Asked {
  readonly engine: SocketEngine;
  readonly procfs: BaseProcFs;
}

/** The kernel, where it is to be asked; nothing where the question could not be answered. */
async function sourceFor({ filter, options, protocols }: Question, io: CommandIo): Promise<Asked> {
  const { source, columns = [], sort } = options;
  const named = [...columns, ...(sort === undefined ? [] : [sort.replace(/^-/, "")])];
  const wanted = kernelWanted(filter, named, protocols);
  const asked = await socketSource({ source, root: options.root ?? io.root, protocols, ...wanted }, ALL_FIELDS);
  if (filter !== undefined)
    checkAnswerable(filter, protocols, asked.tables, wanted.wanted.length > 0 ? asked.help : "");
  const ofFilter = new Set(filter === undefined ? [] : kernelWanted(filter, [], protocols).wanted);
  const untold = wanted.wanted.filter((name) => !ofFilter.has(name)).join(", ");
  const isUntold = untold !== "" && asked.tables.length === 0;
  return { ...asked, notes: isUntold ? [`procfs does not tell ${untold}${asked.help}`] : [] };
}

async function answer(question: Question, from: From, io: CommandIo): Promise<Answer> {
  const { procfs } = from;
  const { filter, options, protocols } = question;
  const namespaces = namespacesHeldIn(options, procfs);
  const untold = (answered: readonly SocketProtocol[]): Untold => {
    const of = filter === undefined ? { notes: [] } : untoldBy(filter, protocols, answered);
    return { ...of, notes: [...from.notes, ...of.notes] };
  };
  const end = new SocketsEnd(options, namespaces, procfs.root, untold);
  const takenAt = new Date();
  const rows = passing(question, from, namespaces, end, options.every === undefined ? undefined : io.signal);
  if (options.countBy !== undefined) return countsOf(rows, options.countBy, takenAt, end);
  return flowOf({
    head: { kind: "sockets", takenAt },
    field: "sockets",
    rows,
    itemText: options.flat ? flatRows(procfs, takenAt, options.hostName) : socketText,
    columns: columnsOf(
      [
        ...socketColumns(options, { several: namespaces.several, types: haveTypes(question) }),
        ...(options.columns !== undefined || options.source === "kernel" ? KERNEL_COLUMNS : []),
      ],
      options.columns,
    ),
    ...(options.sort !== undefined && { order: orderBy(ALL_COLUMNS, options.sort) }),
    end: () => end.report(),
  });
}

/** `--close`: the sockets that were asked for are told by the kernel, with what names each for good, and closed. */
async function closeAll(
  question: Question,
  words: readonly string[],
  procfs: BaseProcFs,
  io: CommandIo,
): Promise<number> {
  const { filter, options, protocols } = question;
  if (words.length === 0 && options.pid === undefined)
    throw new UsageError("--close needs a filter, which says what is to be closed: 'dst 192.0.2.7'");
  const { ANY_CONDITION, hasAny } = await import("../source/any-condition.ts");
  if (filter !== undefined && hasAny(filter)) throw new UsageError(`--close: ${ANY_CONDITION}`);
  const { closeFound, closer } = await import("./close/close.ts");
  const root = options.root ?? io.root;
  const kernel = await closer(options.source, root, protocols);
  if (filter !== undefined) checkAnswerable(filter, protocols, protocols);
  const { source, close } = await socketSource(
    { source: "kernel", root, protocols, wanted: [], tables: [] },
    ALL_FIELDS,
  );
  const namespaces = namespacesHeldIn(options, procfs);
  const end = new SocketsEnd(options, namespaces, procfs.root, () => ({ notes: [] }));
  const engine = new SocketEngine({ procfs });
  const from: From = { engine, procfs, tables: protocols, help: "", notes: [], close, ...(source && { source }) };
  const sockets: Socket[] = [];
  try {
    for await (const socket of passing({ ...question, owners: true }, from, namespaces, end, io.signal))
      sockets.push(socket);
    const { notes, read } = end.known();
    writeNotes(io, notes);
    return await closeFound({ sockets, namespaces: read, several: namespaces.several }, kernel, options, procfs, io);
  } finally {
    engine.close();
    close();
  }
}

/** How sockets of one look are written as rows of one level. */
function flatRows(procfs: BaseProcFs, takenAt: Date, hostName: string | undefined): (socket: Socket) => string {
  const { host, bootId } = machineIdentity({ procfs });
  const context = { host: hostName ?? host, bootId, takenAt, event: "snapshot" } as const;
  return (socket) => flatText(socket, context);
}

/** The sockets that were asked for, as they are read. */
async function* passing(
  { compiled, isListening, owners }: Question,
  { engine, source }: From,
  { read }: Namespaces,
  end: SocketsEnd,
  signal: AbortSignal | undefined,
): AsyncGenerator<Socket> {
  const { options, rest } = compiled;
  const asked: SocketsOptions = {
    ...options,
    ...(isListening && { listening: true }),
    owners: owners ? "all" : false,
    namespaces: read,
    onIssue: end.issues.take,
    ...(source !== undefined && { source }),
    ...(signal !== undefined && { signal }),
  };
  for await (const socket of engine.eachSocket({ ...asked, onEnd: (known) => end.finish(known) })) {
    if (rest !== undefined && !matches(rest, socket)) continue;
    end.tally.take(socket);
    yield socket;
  }
}

/** What says which sockets are meant, as options and a rest. */
function compiledOf(
  filter: Filter | undefined,
  { pid }: SocketsCommandOptions,
  protocol: readonly SocketProtocol[],
): CompiledFilter {
  const whole = everyFilter(pid && heldBy(pid), filter);
  return whole === undefined ? { options: { protocol }, rest: undefined } : compileFilter(whole, { protocol });
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
