import { type Filter, FilterError, missingFields, parseFilter } from "procnet/query";
import { tablesOf } from "./protocols.ts";
import type { Expose } from "./socket-store.ts";

/** Why a filter cannot be used. */
export interface FilterProblem {
  readonly message: string;
  /** Where it goes wrong: characters, from 1. */
  readonly column?: number | undefined;
}

/** What a filter says: nothing of it where it is empty. */
export interface ReadFilter {
  readonly tree?: Filter;
  readonly problem?: FilterProblem;
}

/** Reads a filter as the command does, and refuses what the server would refuse. */
export function readFilter(text: string, protocol: string, expose: Expose | undefined): ReadFilter {
  if (text.trim() === "") return {};
  try {
    const tree = parseFilter(text);
    if (expose !== undefined && expose !== "full" && asksForPath(tree))
      return { problem: { message: "this server does not tell path, so no filter can ask for it" } };
    const protocols = tablesOf(protocol);
    const missing = missingFields(tree, protocols).find(({ without }) => without.length === protocols.length);
    if (missing === undefined) return { tree };
    return { problem: { message: `nothing is known of ${missing.field} of sockets of ${protocols.join(", ")}` } };
  } catch (error) {
    if (!(error instanceof FilterError)) throw error;
    return { problem: { message: error.message, column: error.column } };
  }
}

function asksForPath(filter: Filter): boolean {
  return asksFor(filter, ({ kind }) => kind === "path");
}

const OF_OWNERS: ReadonlySet<string> = new Set(["pid", "process", "comm", "container", "unit"]);

/** Whether it depends on who holds a socket what passes: of one whose owner cannot be seen that is not known. */
export function asksForOwner(filter: Filter): boolean {
  return asksFor(filter, (one) => (one.kind === "number" || one.kind === "text") && OF_OWNERS.has(one.field));
}

function asksFor(filter: Filter, isMeant: (condition: Filter) => boolean): boolean {
  if (filter.kind === "and" || filter.kind === "or") return filter.filters.some((one) => asksFor(one, isMeant));
  return filter.kind === "not" ? asksFor(filter.filter, isMeant) : isMeant(filter);
}
