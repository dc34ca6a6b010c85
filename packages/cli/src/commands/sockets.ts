import { type ProcFs, type Socket, SocketEngine, type SocketProtocol, type SocketsResult } from "procnet";
import type { Filter } from "../filter/ast.ts";
import { asksForOwners, isListening, matches } from "../filter/evaluate.ts";
import { impliedStates } from "../filter/implied-states.ts";
import { parseFilter } from "../filter/parser.ts";
import { systemServices } from "../filter/services.ts";
import { type Report, sorted, tableOf } from "../output/report.ts";
import type { CommandIo } from "../terminal.ts";
import { Issues, type OutputOptions, output } from "./context.ts";
import { COUNT_KEYS, type CountKey, countReport } from "./counts.ts";
import { hiddenOwnersNote } from "./hidden-owners.ts";
import { type ProtocolOptions, protocolsOf } from "./protocols.ts";
import { hasHiddenOwner, OWNER_COLUMNS, SOCKET_COLUMNS } from "./socket-columns.ts";
import { namespacesOf, procfsOf, type WhereOptions } from "./where.ts";

/** Options of `procnet sockets`. */
export interface SocketsCommandOptions extends OutputOptions, WhereOptions, ProtocolOptions {
  readonly listening?: true;
  readonly allNamespaces?: true;
  readonly owners: boolean;
  readonly sort?: string;
  readonly columns?: readonly string[];
  readonly countBy?: CountKey;
}

/** What a command line asks for, checked before anything is read. */
interface Question {
  readonly filter: Filter | undefined;
  readonly options: SocketsCommandOptions;
  readonly protocols: readonly SocketProtocol[] | "all";
  readonly owners: boolean;
}

/** `procnet sockets [filter]` */
export function socketsCommand(
  words: readonly string[],
  options: SocketsCommandOptions,
  io: CommandIo,
): Promise<number> {
  const filter = words.length === 0 ? undefined : parseFilter(words.join(" "), systemServices);
  tableOf(SOCKET_COLUMNS, [], options.columns); // complains about unknown names before the work
  sorted(SOCKET_COLUMNS, [], options.sort ?? "proto");
  const question = { filter, options, protocols: protocolsOf(options), owners: needsOwners(filter, options) };
  const procfs = procfsOf(options, io);
  const engine = new SocketEngine({ procfs });
  const title = ["sockets", ...words].join(" ");
  return output(() => answer(question, engine, procfs, io), options, io, title).finally(() => engine.close());
}

async function answer(question: Question, engine: SocketEngine, procfs: ProcFs, io: CommandIo): Promise<Report> {
  const { filter, options, protocols } = question;
  const issues = new Issues();
  const states = statesToRead(question);
  const result = await engine.sockets({
    protocols,
    owners: question.owners ? "all" : false,
    namespaces: namespacesOf(options, procfs),
    onIssue: issues.take,
    ...(options.pid !== undefined && { pid: options.pid }),
    ...(states !== undefined && { states: states as never }),
    ...(options.every !== undefined && { signal: io.signal }),
  });
  let found = result.sockets;
  if (options.listening) found = found.filter(isListening);
  if (filter !== undefined) found = found.filter((socket) => matches(filter, socket));
  if (options.sort !== undefined) found = sorted(SOCKET_COLUMNS, found, options.sort);
  const notes = [
    ...issues.notes,
    ...hiddenOwnersNote(found, result),
    ...skippedNotes(result),
    ...deniedNotes(result, options),
  ];
  if (options.countBy !== undefined) return countReport(found, options.countBy, result.takenAt, notes);
  return socketsReport(found, result, options, notes);
}

function socketsReport(
  found: readonly Socket[],
  result: SocketsResult,
  options: SocketsCommandOptions,
  notes: readonly string[],
): Report {
  const { takenAt, duration, rights, namespaces, skipped } = result;
  const hiddenOwners = found.filter(hasHiddenOwner).length;
  return {
    document: { kind: "sockets", takenAt, duration, rights, hiddenOwners, namespaces, skipped, sockets: found },
    items: found,
    table: tableOf(columnsFor(options, result), found, options.columns),
    notes,
  };
}

/** Of one namespace its number is the same in every row: it is shown where it tells rows apart, and in CSV. */
function columnsFor(options: SocketsCommandOptions, result: SocketsResult): typeof SOCKET_COLUMNS {
  const several = options.allNamespaces === true || result.namespaces.length > 1;
  return SOCKET_COLUMNS.map((column) => {
    const isBare = !options.owners && OWNER_COLUMNS.has(column.key);
    return (column.key === "netns" && !several) || isBare ? { ...column, extra: true as const } : column;
  });
}

function needsOwners(filter: Filter | undefined, options: SocketsCommandOptions): boolean {
  if (options.pid !== undefined || (filter !== undefined && asksForOwners(filter))) return true;
  if (options.countBy !== undefined) return COUNT_KEYS[options.countBy].owners;
  const shown = [...(options.columns ?? []), options.sort?.replace(/^-/, "")];
  if (shown.some((key) => key !== undefined && OWNER_COLUMNS.has(key))) return true;
  const chosen = options.columns !== undefined && !options.json && !options.ndjson;
  return options.owners && !chosen;
}

const STATELESS = ["netlink", "packet"] as const;

/** States to read, where the question needs no others: the tables are then read in part only. */
function statesToRead({ filter, options, protocols }: Question): string[] | undefined {
  let wanted = filter && impliedStates(filter);
  if (options.listening) wanted = new Set(["LISTEN", "UNCONN"].filter((state) => wanted?.has(state) ?? true));
  if (wanted === undefined) return undefined;
  // Tables without states, whose sockets we call UNCONN, would not be read at all.
  if (wanted.has("UNCONN") && STATELESS.some((name) => protocols === "all" || protocols.includes(name)))
    return undefined;
  // The tables call some states otherwise than we do: see stateOf.
  const isTcp = protocols !== "all" && protocols.every((protocol) => protocol === "tcp" || protocol === "tcp6");
  const read = new Set([...wanted].filter((state) => state !== "UNCONN"));
  if (wanted.has("UNCONN") && !isTcp) read.add("CLOSE").add("UNCONNECTED");
  if (wanted.has("LISTEN") && !isTcp) read.add("UNCONNECTED");
  return [...read];
}

/** That a process was asked for whose descriptors may not be seen: an empty list would say that it holds nothing. */
function deniedNotes({ skipped }: SocketsResult, { pid: wanted = [] }: SocketsCommandOptions): string[] {
  return skipped
    .filter(
      ({ what, pid, code }) => what === "process" && code !== "ESRCH" && pid !== undefined && wanted.includes(pid),
    )
    .map(({ message }) => `not all sockets of the process are known: ${message}`);
}

function skippedNotes({ skipped }: SocketsResult): string[] {
  const tables = skipped.filter(({ what, code }) => what !== "process" && code !== "ESRCH");
  const [first] = tables;
  if (first === undefined) return [];
  const more = tables.length > 1 ? ` (and ${tables.length - 1} more)` : "";
  return [`not everything could be read: ${first.message}${more}`];
}
