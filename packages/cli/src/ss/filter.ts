import { readFileSync } from "node:fs";
import type { Socket } from "procnet";
import { TcpState } from "procnet/parse";
import {
  asksForOwners,
  type Filter,
  FilterError,
  type FilterReading,
  matches,
  missingFields,
  parseFilter,
} from "procnet/query";
import { CommandFailure } from "../errors.ts";
import { EXIT } from "../io.ts";
import { namesOfMachine } from "../names/filter-names.ts";
import type { Source } from "../netstat/source.ts";
import { refuseAny } from "./closing.ts";
import type { Flags } from "./flags.ts";
import { kernelWords, type WordsUsed } from "./kernel-words.ts";
import { ALL, type Family, type States } from "./selection.ts";

/*
 * What stands behind the options: words of states first, which say which columns there are too, and conditions behind them.
 */

/** Conditions, ready to be asked. */
export interface Conditions {
  readonly passes: (socket: Socket) => boolean;
  /** The one family that they are about. */
  readonly only: Family | undefined;
  readonly filter: Filter;
  /** Words in it for what procfs does not tell. */
  readonly untold: readonly string[];
  /** Whether it asks for figures that the kernel tells only where they are asked for, as of rtt. */
  readonly hasFigures: boolean;
}

const STATE = /^\s*(state|excl|exclude)\s+(\S+)/i;

/** Reads the words, sets the states that are meant, and gives the conditions; `undefined` for none. */
export function conditionsOf({ on, words, filterFile, selection, source }: Flags, of: Source): Conditions | undefined {
  let text = [...words, ...(filterFile === undefined ? [] : [fileText(filterFile)])].join(" ");
  let isFirst = true;
  for (let found = STATE.exec(text); found !== null; found = STATE.exec(text)) {
    const [whole, word, name] = found;
    const states = statesOf(name!);
    if (word!.toLowerCase() === "state") selection.asked = (isFirst ? 0 : selection.asked) | states;
    else selection.asked = (isFirst ? ALL : selection.asked) & ~states;
    isFirst = false;
    text = text.slice(whole.length);
  }
  // None is left: `complete` would take it for nothing said.
  if (!isFirst && selection.asked === 0) throw new CommandFailure("no state is left", EXIT.usage);
  const used: WordsUsed = new Set();
  const further = kernelWords(of, used, source === "procfs" ? "--source kernel does" : undefined);
  const family = familyOf(selection.preferred);
  const reading = { ...namesOfMachine, leftToRight: true, words: further, family };
  const filter = text.trim() === "" ? undefined : readable(() => parseFilter(text, reading));
  if (on.has("K")) refuseAny(filter, !isFirst);
  if (filter === undefined) return undefined;
  if (asksForOwners(filter))
    throw new CommandFailure("owners are asked for by procnet sockets and its filters", EXIT.usage);
  const figures = figuresIn(filter);
  if (source === "procfs" && figures.length > 0)
    throw new CommandFailure(`procfs does not tell ${figures.join(", ")}; --source kernel does`, EXIT.usage);
  const passes = (socket: Socket): boolean => matches(filter, socket);
  return { passes, only: onlyFamily(filter), filter, untold: [...used, ...figures], hasFigures: figures.length > 0 };
}

/** The family that was named last is that of addresses: with `-x` each is a pattern of paths. Those of the last two have none. */
function familyOf(family: Family | undefined): FilterReading["family"] {
  return family === "tipc" || family === "xdp" ? undefined : family;
}

/** Words of our own language for what the kernel tells of internet sockets, and procfs does not. */
function figuresIn(filter: Filter): string[] {
  return missingFields(filter, ["tcp", "udp"]).flatMap(({ field, ofKernel }) => (ofKernel.length > 0 ? [field] : []));
}

/** Lines that begin with `#` are remarks. Without the file the answer would be another one. */
function fileText(path: string): string {
  let text: string;
  try {
    text = readFileSync(path === "-" ? STANDARD_INPUT : path, "utf8");
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new CommandFailure(`--filter: ${path} cannot be read: ${code}`, EXIT.usage);
  }
  return text
    .split("\n")
    .filter((line) => !line.startsWith("#"))
    .join(" ");
}

const STANDARD_INPUT = "/dev/stdin";

function statesOf(name: string): States {
  const filter = readable(() => parseFilter(`state ${name}`));
  if (filter.kind !== "state") throw new CommandFailure(`there is no state "${name}"`, EXIT.usage);
  const { names, isInverted } = filter.states;
  let states: States = 0;
  for (let code = 0; code < 12; code++) if (names.has(TcpState[code] ?? "") !== isInverted) states |= 1 << code;
  return states;
}

function readable<Value>(read: () => Value): Value {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof FilterError)) throw error;
    throw new CommandFailure(error.message, EXIT.usage);
  }
}

function onlyFamily(filter: Filter): Family | undefined {
  const [family, ...others] = new Set(familiesOf(filter));
  return others.length === 0 ? family : undefined;
}

function* familiesOf(filter: Filter): Generator<Family, void> {
  if (filter.kind === "and" || filter.kind === "or") for (const one of filter.filters) yield* familiesOf(one);
  else if (filter.kind === "not") yield* familiesOf(filter.filter);
  else if (filter.kind === "path") yield "unix";
  else if (filter.kind === "address" && filter.family !== undefined && filter.isImplied === undefined)
    yield filter.family === 4 ? "inet" : "inet6";
}
