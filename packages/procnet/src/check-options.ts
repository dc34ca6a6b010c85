import { escapeHidden } from "./bytes/escape-hidden.ts";
import { closest } from "./bytes/suggest.ts";
import { invalidArgument } from "./errors.ts";

/**
 * Words that people use for an option which has another name, by that name; the first of them that the function knows is meant. As
 * one text, which is all that most programs carry of it.
 */
const SYNONYMS = `
protocol: protocols proto family table tables
state: states status
localPort: port ports sport
remotePort: dport peerPort foreignPort
address: ip host localAddress remoteAddress
uid: user uids
inode: inodes ino
namespaces: netns ns
pid: process netns ns
where: filter
budget: timeout
signal: timeout abort abortSignal
onIssue: onError onWarning
threads: workers concurrency
procfs: root proc path directory
root: proc path directory
byteOrder: endianness endian
ticksPerSecond: hz clockTicks
`;

/** The names that a word may stand for, the likelier ones first. */
function meantBy(word: string): string[] {
  const lines = SYNONYMS.trim().split("\n");
  return lines.filter((line) => line.split(" ").indexOf(word) > 0).map((line) => line.slice(0, line.indexOf(":")));
}

/** Longer names are cut in messages, and nothing is near them. */
const LONGEST = 40;

/** The names of all options of a type: one that is forgotten, or is none, does not compile. */
/* @__NO_SIDE_EFFECTS__ */
export function optionNames<Options>(names: { readonly [Name in keyof Options]-?: true }): readonly string[] {
  return Object.keys(names);
}

/** What is known of options besides their names. */
export interface OptionHints {
  /** The option that a mere string is taken to have been meant for. */
  readonly bare?: string;
  /** Names that options had before: taken, but not told of. */
  readonly former?: readonly string[];
}

/**
 * Refuses what is no object of options, and options that do not exist: ignored, they would make an answer look like one to
 * another question. Only the object's own names are looked at; one whose value is `undefined` is no better.
 *
 * `what` is the function that was called.
 *
 * @throws `ProcfsError` with code `ERR_INVALID_ARG` that names the option and what may have been meant
 */
export function checkOptions(
  what: string,
  options: unknown,
  known: readonly string[],
  { bare, former = [] }: OptionHints = {},
): void {
  if (options === undefined) return;
  if (typeof options !== "object" || options === null || Array.isArray(options)) {
    const instead = bare !== undefined && typeof options === "string" ? `{ ${bare}: ${shown(options)} }` : "an object";
    throw invalidArgument(`${what}: the options must be ${instead}, not ${shown(options)}`);
  }
  const names = Object.keys(options);
  if (names.length === 0 && Symbol.toStringTag in options) {
    const kind = String(options[Symbol.toStringTag]);
    throw invalidArgument(
      `${what}: the options must be an object, not ${kind === "AbortSignal" ? "a signal: { signal }" : escaped(kind)}`,
    );
  }
  const unknown = names.find((name) => !known.includes(name) && !former.includes(name));
  if (unknown === undefined) return;
  const all = known.length === 0 ? "it has none" : `it has ${known.join(", ")}`;
  throw invalidArgument(`${what} has no option "${escaped(unknown)}"${suggestion(unknown, known)}; ${all}`);
}

/**
 * An option that had another name before, by the one of its names with which it was given.
 *
 * @throws `ProcfsError` with code `ERR_INVALID_ARG` when it was given by both
 */
export function renamed<Value>(
  what: string,
  today: readonly [name: string, value: Value | undefined],
  before: readonly [name: string, value: Value | undefined],
): readonly [name: string, value: Value | undefined] {
  if (before[1] === undefined) return today;
  if (today[1] === undefined) return before;
  throw invalidArgument(`${what}: "${today[0]}" and "${before[0]}" are the same option: leave out "${before[0]}"`);
}

function suggestion(name: string, known: readonly string[]): string {
  const near = name.length > LONGEST ? undefined : closest(name, known);
  const meant = meantBy(name).find((other) => known.includes(other)) ?? near;
  if (meant === undefined) return "";
  const how = meant === "procfs" ? " ({ procfs: new ProcFs({ root }) })" : "";
  return `: did you mean "${meant}"${how}?`;
}

function shown(value: unknown): string {
  if (Array.isArray(value)) return "an array";
  if (typeof value === "function") return "a function";
  return typeof value === "string" ? `"${escaped(value)}"` : escaped(String(value));
}

function escaped(text: string): string {
  return text.length <= LONGEST ? escapeHidden(text) : `${escapeHidden(text.slice(0, LONGEST))}...`;
}
