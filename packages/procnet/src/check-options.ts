import { escapeText } from "./bytes/escape.ts";
import { closest } from "./bytes/suggest.ts";
import { ProcfsError } from "./errors.ts";

/** Words that people use for an option which has another name; the first one that the function knows is meant. */
const SYNONYMS: ReadonlyMap<string, readonly string[]> = new Map([
  ["protocol", ["protocols"]],
  ["proto", ["protocols", "protocol"]],
  ["family", ["protocols", "protocol"]],
  ["table", ["protocols"]],
  ["tables", ["protocols"]],
  ["state", ["states"]],
  ["states", ["state"]],
  ["status", ["states", "state"]],
  ["port", ["localPort"]],
  ["ports", ["localPort"]],
  ["sport", ["localPort"]],
  ["dport", ["remotePort"]],
  ["peerPort", ["remotePort"]],
  ["foreignPort", ["remotePort"]],
  ["ip", ["address"]],
  ["host", ["address"]],
  ["localAddress", ["address"]],
  ["remoteAddress", ["address"]],
  ["user", ["uid"]],
  ["process", ["pid"]],
  ["netns", ["namespaces", "pid"]],
  ["ns", ["namespaces", "pid"]],
  ["filter", ["where"]],
  ["timeout", ["budget", "signal"]],
  ["abort", ["signal"]],
  ["abortSignal", ["signal"]],
  ["onError", ["onIssue"]],
  ["onWarning", ["onIssue"]],
  ["workers", ["threads"]],
  ["concurrency", ["threads"]],
  ["root", ["procfs"]],
  ["proc", ["procfs", "root"]],
  ["path", ["root", "procfs"]],
  ["directory", ["root", "procfs"]],
  ["endianness", ["byteOrder"]],
  ["endian", ["byteOrder"]],
  ["hz", ["ticksPerSecond"]],
  ["clockTicks", ["ticksPerSecond"]],
]);

/** Longer names are cut in messages, and nothing is near them. */
const LONGEST = 40;

/** The names of all options of a type: one that is forgotten, or is none, does not compile. */
export function optionNames<Options>(names: { readonly [Name in keyof Options]-?: true }): readonly string[] {
  return Object.keys(names);
}

/**
 * Refuses what is no object of options, and options that do not exist: ignored, they would make an answer look like one to
 * another question. Only the object's own names are looked at; one whose value is `undefined` is no better.
 *
 * `what` is the function that was called. `bare` is the option that a mere string is taken to have been meant for.
 *
 * @throws `ProcfsError` with code `ERR_INVALID_ARG` that names the option and what may have been meant
 */
export function checkOptions(what: string, options: unknown, known: readonly string[], bare?: string): void {
  if (options === undefined) return;
  if (typeof options !== "object" || options === null || Array.isArray(options)) {
    const instead = bare !== undefined && typeof options === "string" ? `{ ${bare}: ${shown(options)} }` : "an object";
    throw invalid(`${what}: the options must be ${instead}, not ${shown(options)}`);
  }
  const names = Object.keys(options);
  if (names.length === 0 && Symbol.toStringTag in options) {
    const kind = String(options[Symbol.toStringTag]);
    throw invalid(
      `${what}: the options must be an object, not ${kind === "AbortSignal" ? "a signal: { signal }" : escaped(kind)}`,
    );
  }
  const unknown = names.find((name) => !known.includes(name));
  if (unknown === undefined) return;
  const all = known.length === 0 ? "it has none" : `it has ${known.join(", ")}`;
  throw invalid(`${what} has no option "${escaped(unknown)}"${suggestion(unknown, known)}; ${all}`);
}

function suggestion(name: string, known: readonly string[]): string {
  const near = name.length > LONGEST ? undefined : closest(name, known);
  const meant = SYNONYMS.get(name)?.find((other) => known.includes(other)) ?? near;
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
  return text.length <= LONGEST ? escapeText(text) : `${escapeText(text.slice(0, LONGEST))}...`;
}

function invalid(message: string): ProcfsError {
  return new ProcfsError({ code: "ERR_INVALID_ARG", message });
}
