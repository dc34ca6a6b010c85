import type { SocketProtocol, WatchedSocket } from "procnet";
import { type Filter, FilterError, matches, missingFields, parseFilter } from "procnet/query";
import { schemaOf, suggestion } from "procnet/view";
import { Problem } from "../problem.ts";
import { askableSocket, type Expose, isAskable, isTold } from "./expose.ts";

/** Which sockets are asked for. */
export interface Question {
  /** The filter as it was written; empty without one. */
  readonly text: string;
  readonly filter: Filter | undefined;
  readonly protocols: ReadonlySet<SocketProtocol>;
  readonly expose: Expose;
}

/** Longer ones are refused: a filter is asked of each socket. */
const LONGEST_FILTER = 1024;

const FAMILIES: Readonly<Record<string, readonly SocketProtocol[]>> = {
  tcp: ["tcp", "tcp6"],
  udp: ["udp", "udp6"],
  udplite: ["udplite", "udplite6"],
  raw: ["raw", "raw6"],
  icmp: ["icmp", "icmp6"],
  unix: ["unix"],
  netlink: ["netlink"],
  packet: ["packet"],
};

const NAMES = new Map<string, readonly SocketProtocol[]>([
  ...Object.entries(FAMILIES),
  ["inet", [...FAMILIES.tcp!, ...FAMILIES.udp!]],
  ["all", Object.values(FAMILIES).flat()],
]);

/** Reads `filter` and `protocol`, where the kernel itself tells of sockets or procfs alone; TCP and UDP are meant where nothing else is said, as with the command. */
export function questionOf(
  text: string | undefined,
  protocol: string | undefined,
  expose: Expose,
  isKernels = false,
): Question {
  const protocols = protocolsOf(protocol);
  const filter =
    text === undefined || text.trim() === "" ? undefined : filterOf(text, [...protocols], expose, isKernels);
  return { text: filter === undefined ? "" : text!, filter, protocols, expose };
}

/** Whether a socket is asked for. */
export function isAsked({ filter, protocols, expose }: Question, socket: WatchedSocket): boolean {
  if (!protocols.has(socket.protocol)) return false;
  return filter === undefined || matches(filter, askableSocket(socket, expose));
}

function protocolsOf(text = "inet"): ReadonlySet<SocketProtocol> {
  const names = text.split(",").map((name) => name.trim());
  const found = names.flatMap((name) => {
    const tables = NAMES.get(name);
    if (tables !== undefined) return tables;
    const hint = suggestion(name, [...NAMES.keys()]) || `; there are ${[...NAMES.keys()].join(", ")}`;
    throw new Problem(400, `no protocol is called ${JSON.stringify(name)}${hint}`, { parameter: "protocol" });
  });
  return new Set(found);
}

function filterOf(text: string, protocols: readonly SocketProtocol[], expose: Expose, isKernels: boolean): Filter {
  if (text.length > LONGEST_FILTER)
    throw new Problem(400, `the filter has ${text.length} characters: ${LONGEST_FILTER} are the most`, {
      parameter: "filter",
    });
  const filter = parsed(text);
  const hidden = wordsOf(filter).find((word) => !isAskable(word, expose));
  if (hidden !== undefined)
    throw new Problem(400, `this server does not tell ${hidden}, so no filter can ask for it`, { parameter: "filter" });
  const missing = missingFields(filter, protocols, isKernels ? protocols : []).find(
    ({ without }) => without.length === protocols.length,
  );
  if (missing !== undefined)
    throw new Problem(400, `nothing is known of ${missing.field} of sockets of ${protocols.join(", ")}`, {
      parameter: "filter",
    });
  return filter;
}

function parsed(text: string): Filter {
  try {
    return parseFilter(text);
  } catch (error) {
    if (!(error instanceof FilterError)) throw error;
    throw new Problem(400, error.message, { parameter: "filter", column: error.column });
  }
}

/** What each condition asks for. */
function wordsOf(filter: Filter): string[] {
  if (filter.kind === "and" || filter.kind === "or") return filter.filters.flatMap(wordsOf);
  if (filter.kind === "not") return wordsOf(filter.filter);
  return [filter.kind === "number" || filter.kind === "text" ? filter.field : filter.kind];
}

/** Reads `fields`: names of fields of a row. */
export function fieldsOf(text: string | undefined, expose: Expose): readonly string[] | undefined {
  const names = namesOf(text, rowFields());
  const untold = names?.find((name) => !isTold(name, expose));
  if (untold === undefined) return names;
  throw new Problem(400, `this server does not tell ${untold}`, { parameter: "fields" });
}

/** Reads `fields`, of rows that have these. */
export function namesOf(text: string | undefined, known: ReadonlySet<string>): readonly string[] | undefined {
  if (text === undefined || text === "") return undefined;
  const names = text.split(",");
  const wrong = names.find((name) => !known.has(name));
  if (wrong !== undefined)
    throw new Problem(400, `no field is called ${JSON.stringify(wrong)}${suggestion(wrong, [...known])}`, {
      parameter: "fields",
    });
  // A row has a field once; an address has room for a thousand of them.
  return [...new Set(names)];
}

let fields: ReadonlySet<string> | undefined;

/** Fields that rows of any kind have, as their schemas say. */
function rowFields(): ReadonlySet<string> {
  fields ??= new Set(
    Object.entries(schemaOf("sockets").$defs ?? {}).flatMap(([name, schema]) =>
      name.endsWith("Socket") ? Object.keys((schema as { properties?: object }).properties ?? {}) : [],
    ),
  );
  return fields;
}

/** Reads `flat`: all sockets come as rows of one level, which have no pages and always the same columns. */
export function isFlat(asked: Readonly<Record<string, string>>): boolean {
  const { flat } = asked;
  if (flat === undefined) return false;
  if (flat !== "true") throw new Problem(400, "flat is true, or not said", { parameter: "flat" });
  for (const parameter of ["limit", "cursor", "fields"])
    if (asked[parameter] !== undefined)
      throw new Problem(400, `flat rows come all, with all columns: leave out ${parameter}`, { parameter });
  return true;
}

/** Reads what is wanted or not. */
export function isWanted(parameter: string, text: string | undefined): boolean {
  if (text === undefined || text === "false") return false;
  if (text === "true") return true;
  throw new Problem(400, `${parameter} is true or false`, { parameter });
}

/** Reads a whole number between 1 and the most. */
export function limitOf(text: string | undefined, usual: number, most: number, parameter = "limit"): number {
  if (text === undefined) return usual;
  const limit = Number(text);
  if (/^\d{1,6}$/.test(text) && limit >= 1 && limit <= most) return limit;
  throw new Problem(400, `${parameter} is a whole number from 1 to ${most}`, { parameter });
}
